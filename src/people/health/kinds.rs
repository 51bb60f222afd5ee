//! What a health record says in fixed words.

use crate::text_enum;

text_enum! {
    /// How somebody gets about 行动能力.
    pub enum Mobility {
        /// 自如
        Independent = "independent",
        /// 借助辅具
        WithAid = "with_aid",
        /// 轮椅
        Wheelchair = "wheelchair",
        /// 卧床
        Bedridden = "bedridden",
    }
}

text_enum! {
    /// The level of care 照护等级 (老年照护统一需求评估).
    pub enum CareLevel {
        /// 未评估
        Unassessed = "unassessed",
        /// 无需照护
        None = "none",
        /// 一级
        Level1 = "level_1",
        /// 二级
        Level2 = "level_2",
        /// 三级
        Level3 = "level_3",
        /// 四级
        Level4 = "level_4",
        /// 五级
        Level5 = "level_5",
        /// 六级
        Level6 = "level_6",
    }
}

text_enum! {
    /// What somebody suffers from, or lives with.
    pub enum HealthCondition {
        /// 高血压
        Hypertension = "hypertension",
        /// 糖尿病
        Diabetes = "diabetes",
        /// 心脏病
        HeartDisease = "heart_disease",
        /// 脑卒中
        Stroke = "stroke",
        /// 恶性肿瘤
        Cancer = "cancer",
        /// 慢性呼吸系统疾病
        LungDisease = "lung_disease",
        /// 慢性肾病
        KidneyDisease = "kidney_disease",
        /// 认知障碍
        Dementia = "dementia",
        /// 精神障碍
        MentalDisorder = "mental_disorder",
        /// 结核病
        Tuberculosis = "tuberculosis",
        /// 视力障碍
        VisualImpairment = "visual_impairment",
        /// 听力障碍
        HearingImpairment = "hearing_impairment",
        /// 肢体残疾
        PhysicalDisability = "physical_disability",
        /// 孕产
        Pregnancy = "pregnancy",
        /// 其他
        Other = "other",
    }
}

text_enum! {
    /// How a consent was given.
    pub enum ConsentHow {
        /// 书面签字
        SignedPaper = "signed_paper",
        /// 线上同意
        InApp = "in_app",
    }
}
