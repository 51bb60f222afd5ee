//! What a resident's record says in fixed words.

use crate::text_enum;

text_enum! {
    /// How somebody resides here 人户状态.
    pub enum Residence {
        /// 人户一致: registered here and living here
        RegisteredHere = "registered_here",
        /// 人在户不在: living here, registered elsewhere in the city
        RegisteredElsewhere = "registered_elsewhere",
        /// 户在人不在: registered here, living elsewhere
        RegisteredOnly = "registered_only",
        /// 来沪人员: living here, registered in another province
        FromOtherProvince = "from_other_province",
        /// 境外人员
        FromAbroad = "from_abroad",
        /// 仅为业主: owns a home here, neither lives nor is registered here
        OwnerOnly = "owner_only",
    }
}

text_enum! {
    /// Whether a record is of somebody who is here.
    pub enum ResidentStatus {
        /// 在册
        Present = "present",
        /// 迁出
        Departed = "departed",
        /// 死亡
        Deceased = "deceased",
        /// 已并入另一条档案
        Merged = "merged",
        /// 依法封存: kept by law, found by nobody in daily work
        Restricted = "restricted",
        /// 已删除: emptied at the person's wish, or since it was kept long enough
        Erased = "erased",
    }
}

impl ResidentStatus {
    /// What no finder of daily work finds.
    pub const HIDDEN: [ResidentStatus; 2] = [ResidentStatus::Restricted, ResidentStatus::Erased];
}

text_enum! {
    /// Why a record has neither document nor telephone.
    pub enum NoIdentifier {
        /// 新生儿
        Newborn = "newborn",
        /// 无证件
        Undocumented = "undocumented",
        /// 不愿提供
        Refused = "refused",
        /// 暂未提供
        NotAtHand = "not_at_hand",
    }
}

text_enum! {
    /// Education 文化程度 (after GB/T 4658).
    pub enum Education {
        /// 未上过学
        None = "none",
        /// 小学
        Primary = "primary",
        /// 初中
        JuniorSecondary = "junior_secondary",
        /// 高中
        SeniorSecondary = "senior_secondary",
        /// 中等职业教育
        Vocational = "vocational",
        /// 大学专科
        College = "college",
        /// 大学本科
        Bachelor = "bachelor",
        /// 硕士
        Master = "master",
        /// 博士
        Doctor = "doctor",
    }
}

text_enum! {
    /// Political status 政治面貌 (after GB/T 4762).
    pub enum PoliticalStatus {
        /// 中共党员
        PartyMember = "party_member",
        /// 中共预备党员
        ProbationaryMember = "probationary_member",
        /// 共青团员
        LeagueMember = "league_member",
        /// 民主党派
        DemocraticParty = "democratic_party",
        /// 群众、无党派人士
        NoParty = "no_party",
    }
}

text_enum! {
    /// Where a record came from.
    pub enum ResidentSource {
        /// 社工录入
        Worker = "worker",
        /// 批量导入
        Import = "import",
        /// 居民认证
        Residency = "residency",
        /// 扫码录入
        Enrolment = "enrolment",
    }
}
