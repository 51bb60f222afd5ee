//! Buildings 楼栋 of an estate, with their units 单元.
