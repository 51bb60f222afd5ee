//! The words of mediation: where a case came from, how hard it is, who is in it, who sits at the table, who reads what.

use crate::text_enum;

text_enum! {
    /// Which way a case came 案件来源.
    pub enum MediationSource {
        /// 公安移送: the police's first handling did not settle it
        PoliceReferral = "police_referral",
        /// 诉求转入
        Petition = "petition",
        /// 当事人申请
        WalkIn = "walk_in",
        /// 法院委派、委托
        Court = "court",
        /// 排查发现
        Screening = "screening",
        /// 解纷一件事
        DisputeEntry = "dispute_entry",
    }
}

impl MediationSource {
    /// Whether such a case is begun by what it comes from, and so never registered by hand: a lead or an entry becomes one case.
    pub fn has_own_way(self) -> bool {
        matches!(self, MediationSource::Screening | MediationSource::DisputeEntry)
    }
}

text_enum! {
    /// How hard a case is 难易等级: who must sit, and by when, is a policy of the place.
    pub enum MediationGrade {
        /// 一般
        General = "general",
        /// 疑难
        Difficult = "difficult",
        /// 重大
        Major = "major",
    }
}

text_enum! {
    /// On which side somebody is.
    pub enum MediationSide {
        /// 申请人
        Applicant = "applicant",
        /// 被申请人
        Respondent = "respondent",
        /// 第三人
        Third = "third",
    }
}

impl MediationSide {
    /// What it is called where it is written down.
    pub fn title(self) -> &'static str {
        match self {
            MediationSide::Applicant => "申请人",
            MediationSide::Respondent => "被申请人",
            MediationSide::Third => "第三人",
        }
    }
}

text_enum! {
    /// What a party is.
    pub enum MediationPartyKind {
        /// 居民: of the archive
        Resident = "resident",
        /// 其他自然人
        Person = "person",
        /// 单位
        Organisation = "organisation",
    }
}

text_enum! {
    /// Who speaks for a party.
    pub enum MediationRepresentation {
        /// 本人
        Oneself = "oneself",
        /// 委托代理人
        Agent = "agent",
        /// 监护人, of a minor
        Guardian = "guardian",
    }
}

text_enum! {
    /// Whether a party wants it mediated 调解意愿 (人民调解法 17).
    pub enum MediationConsent {
        /// 未表态
        Pending = "pending",
        /// 同意
        Agreed = "agreed",
        /// 明确拒绝
        Refused = "refused",
    }
}

text_enum! {
    /// How a party said so.
    pub enum MediationConsentBy {
        /// 手机端, by themselves
        App = "app",
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "phone",
        /// 书面
        Paper = "paper",
    }
}

text_enum! {
    /// What somebody sits for 席位.
    pub enum MediationSeatRole {
        /// 派出所
        Police = "police",
        /// 司法所
        Justice = "justice",
        /// 律师事务所
        Lawyer = "lawyer",
        /// 职能部门 (3+3+N)
        Department = "department",
        /// 人民调解员
        Mediator = "mediator",
    }
}

text_enum! {
    /// Whether somebody sits.
    pub enum MediationSeatState {
        /// 已邀请
        Asked = "asked",
        /// 已就席
        Accepted = "accepted",
        /// 已谢绝
        Declined = "declined",
        /// 已离席: replaced, or an objection was sustained
        Left = "left",
    }
}

text_enum! {
    /// What became of an objection 回避决定.
    pub enum MediationObjectionDecision {
        /// 准许
        Sustained = "sustained",
        /// 驳回
        Overruled = "overruled",
    }
}

text_enum! {
    /// Who reads a note.
    pub enum MediationNoteAudience {
        /// 仅本席: the lawyer's advice is the lawyer's
        Seat = "seat",
        /// 各席位
        Table = "table",
        /// 各席位和当事人
        Everybody = "everybody",
    }
}

text_enum! {
    /// Who sees a piece of evidence, besides who brought it.
    pub enum MediationEvidenceAudience {
        /// 仅调解员
        Mediators = "mediators",
        /// 各席位
        Table = "table",
        /// 各席位和当事人
        Everybody = "everybody",
    }
}

text_enum! {
    /// Why a case came to an end without an agreement that was kept.
    pub enum MediationEndReason {
        /// 依法不得调解 (人民调解工作若干规定 22)
        NotMediable = "not_mediable",
        /// 法院、仲裁或其他机关已受理
        OtherBodySeized = "other_body_seized",
        /// 当事人明确拒绝 (人民调解法 17)
        PartyRefused = "party_refused",
        /// 无法联系当事人
        NotReached = "not_reached",
        /// 当事人不到场
        PartyAbsent = "party_absent",
        /// 未达成协议
        NoAgreement = "no_agreement",
        /// 当事人要求终止 (人民调解法 23)
        PartyStopped = "party_stopped",
        /// 已自行和解
        SettledElsewhere = "settled_elsewhere",
        /// 协议未履行
        Breached = "breached",
        /// 协议被人民法院撤销或者确认无效 (人民调解法 32, 33)
        AgreementAnnulled = "agreement_annulled",
    }
}

text_enum! {
    /// Where else the parties may go 其他途径 (人民调解法 26).
    pub enum MediationRoute {
        /// 仲裁
        Arbitration = "arbitration",
        /// 行政处理
        Administrative = "administrative",
        /// 诉讼
        Litigation = "litigation",
        /// 法律援助
        LegalAid = "legal_aid",
        /// 公安机关依法处理
        Police = "police",
    }
}
