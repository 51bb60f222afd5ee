//! What people are at odds about, and in which languages they can be heard: the words that rosters and mediation cases share.

use crate::text_enum;

text_enum! {
    /// What a dispute is about 纠纷类型.
    pub enum DisputeType {
        /// 邻里纠纷
        Neighbour = "neighbour",
        /// 婚姻家庭纠纷
        Family = "family",
        /// 物业服务纠纷
        PropertyService = "property_service",
        /// 损害赔偿纠纷
        Damages = "damages",
        /// 债务纠纷
        Debt = "debt",
        /// 劳动争议
        Labour = "labour",
        /// 消费纠纷
        Consumer = "consumer",
        /// 合同纠纷
        Contract = "contract",
        /// 租赁纠纷
        Rent = "rent",
        /// 其他纠纷
        Other = "other",
    }
}

impl DisputeType {
    /// What a list calls a case of this type: all that is told of it outside the room.
    pub fn title(self) -> &'static str {
        match self {
            DisputeType::Neighbour => "邻里纠纷",
            DisputeType::Family => "婚姻家庭纠纷",
            DisputeType::PropertyService => "物业纠纷",
            DisputeType::Damages => "损害赔偿纠纷",
            DisputeType::Debt => "债务纠纷",
            DisputeType::Labour => "劳动争议",
            DisputeType::Consumer => "消费纠纷",
            DisputeType::Contract => "合同纠纷",
            DisputeType::Rent => "房屋租赁纠纷",
            DisputeType::Other => "其他纠纷",
        }
    }
}

text_enum! {
    /// A language in which somebody mediates.
    pub enum MediationLanguage {
        /// 普通话
        Mandarin = "mandarin",
        /// 上海话
        Shanghainese = "shanghainese",
        /// 英语
        English = "english",
        /// 手语
        SignLanguage = "sign_language",
    }
}
