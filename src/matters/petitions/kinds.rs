//! The words of petitions: kinds, channels, who reads them, why one is rejected, what came of it.

use crate::text_enum;

text_enum! {
    /// What somebody asks for 诉求性质.
    pub enum PetitionKind {
        /// 求助
        Request = "request",
        /// 投诉
        Complaint = "complaint",
        /// 咨询
        Consultation = "consultation",
        /// 人民建议 (B16)
        Suggestion = "suggestion",
        /// 检举: never revealed to whom it is about (信访工作条例 30)
        Report = "report",
        /// 联名
        JointPetition = "joint_petition",
    }
}

text_enum! {
    /// Which way a petition came 受理渠道.
    pub enum PetitionChannel {
        /// 手机端
        App = "app",
        /// 窗口
        Counter = "counter",
        /// 走访
        Visit = "visit",
        /// 留言
        Message = "message",
        /// 12345 热线
        Hotline = "hotline",
        /// Open311
        Open311 = "open311",
    }
}

text_enum! {
    /// How somebody agreed to be spoken for 代办授权.
    pub enum ConsentBy {
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "phone",
        /// 书面
        Paper = "paper",
    }
}

text_enum! {
    /// Who may read a petition besides those who handle it. They never read who wrote it.
    pub enum PetitionVisibility {
        /// 不公开
        Private = "private",
        /// 楼组可见
        BuildingGroup = "building_group",
        /// 居民区可见
        Community = "community",
        /// 公开
        Public = "public",
    }
}

text_enum! {
    /// Whether a joint petition is to be answered.
    pub enum AnswerState {
        /// 未达答复人数
        None = "none",
        /// 待答复
        Due = "due",
        /// 已答复
        Given = "given",
    }
}

text_enum! {
    /// Whether a joint petition is talked over in a meeting.
    pub enum Deliberation {
        /// 未列入议事
        None = "none",
        /// 已列入议程
        Planned = "planned",
        /// 已议事
        Held = "held",
        /// 不列入议事
        Refused = "refused",
    }
}

text_enum! {
    /// What came of a suggestion 办理结果.
    pub enum Adoption {
        /// 采纳
        Adopted = "adopted",
        /// 部分采纳
        Partly = "partly",
        /// 未采纳
        NotAdopted = "not_adopted",
    }
}

text_enum! {
    /// Who may read what came of a suggestion 公开类别.
    pub enum Publicity {
        /// 主动公开
        Open = "open",
        /// 依申请公开
        OnRequest = "on_request",
        /// 不予公开
        Closed = "closed",
    }
}

text_enum! {
    /// Why a petition is not taken 不予受理理由.
    pub enum RejectionReason {
        /// 不属受理范围
        NotCompetent = "not_competent",
        /// 同一事项已受理
        Duplicate = "duplicate",
        /// 应由诉讼、仲裁、复议解决
        LegalRoute = "legal_route",
        /// 信息不足，无法办理
        InsufficientInformation = "insufficient_information",
        /// 辱骂、威胁: the text is hidden
        Abusive = "abusive",
        /// 泄露他人隐私: the text is hidden
        PrivateData = "private_data",
        /// 广告、无意义内容: the text is hidden
        Spam = "spam",
    }
}

impl RejectionReason {
    /// Whether nobody but who wrote it and who handles it reads its words from then on, whatever becomes of it.
    pub fn hides_text(self) -> bool {
        matches!(self, RejectionReason::Abusive | RejectionReason::PrivateData | RejectionReason::Spam)
    }
}

text_enum! {
    /// What a petition waits for 中止事由.
    pub enum SuspensionReason {
        /// 等待诉求人补充
        AwaitingCitizen = "awaiting_citizen",
        /// 等待专家、鉴定意见
        AwaitingExpert = "awaiting_expert",
        /// 等待司法、复议结果
        AwaitingRuling = "awaiting_ruling",
    }
}

text_enum! {
    /// What the answer says (信访工作条例 32).
    pub enum AnswerOutcome {
        /// 支持
        Supported = "supported",
        /// 解释说明
        Explained = "explained",
        /// 不予支持
        NotSupported = "not_supported",
    }
}

text_enum! {
    /// What who asked thinks of it 满意度.
    pub enum Satisfaction {
        /// 满意
        Satisfied = "satisfied",
        /// 基本满意
        MostlySatisfied = "mostly_satisfied",
        /// 不满意
        Dissatisfied = "dissatisfied",
    }
}

text_enum! {
    /// Whose review is asked for (信访工作条例 35, 36).
    pub enum ReviewStage {
        /// 复查
        Review = "review",
        /// 复核
        FinalReview = "final_review",
    }
}

text_enum! {
    /// What a review came to.
    pub enum ReviewConclusion {
        /// 维持
        Upheld = "upheld",
        /// 变更
        Changed = "changed",
    }
}
