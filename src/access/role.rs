//! Roles: what a post makes of a person. The list is domain.md's; the Chinese is the field's term.

use crate::text_enum;

text_enum! {
    /// What somebody is, where their post says so.
    pub enum Role {
        /// Nobody: a request without a token.
        Visitor = "visitor",
        /// 居民: anybody signed in, whatever else they are.
        Resident = "resident",
        /// 楼组长
        GroupLeader = "group_leader",
        /// 社工
        CommitteeWorker = "committee_worker",
        /// 居委主任、书记
        CommitteeHead = "committee_head",
        /// 街镇干部
        StreetOfficer = "street_officer",
        /// 网格派单员
        Dispatcher = "dispatcher",
        /// 职能部门干部
        DepartmentOfficer = "department_officer",
        /// 区级干部
        DistrictOfficer = "district_officer",
        /// 市级干部
        CityOfficer = "city_officer",
        /// 人民调解员
        Mediator = "mediator",
        /// 民警
        PoliceOfficer = "police_officer",
        /// 司法所干部
        JusticeOfficer = "justice_officer",
        /// 律师
        Lawyer = "lawyer",
        /// 物业人员
        PropertyStaff = "property_staff",
        /// 业委会委员
        OwnersCommitteeMember = "owners_committee_member",
        /// 系统管理员
        SystemAdmin = "system_admin",
        /// 安全管理员
        SecurityAdmin = "security_admin",
        /// 审计管理员
        Auditor = "auditor",
        /// 第三方应用: a program that calls on its own behalf. What it may do, its scopes say: see `access/scopes.rs`.
        Application = "application",
    }
}

impl Role {
    /// How high a post of this role stands in the line (街居条线): one may grant only what stands lower.
    fn rank(self) -> u8 {
        match self {
            Role::Visitor | Role::Resident | Role::Application => 0,
            Role::GroupLeader | Role::OwnersCommitteeMember | Role::PropertyStaff => 1,
            Role::CommitteeWorker | Role::Mediator | Role::Lawyer => 2,
            Role::CommitteeHead => 3,
            Role::Dispatcher | Role::PoliceOfficer | Role::JusticeOfficer => 4,
            Role::StreetOfficer | Role::DepartmentOfficer => 5,
            Role::DistrictOfficer => 6,
            Role::CityOfficer => 7,
            Role::SystemAdmin | Role::SecurityAdmin | Role::Auditor => 8,
        }
    }

    /// Whether somebody can be appointed to it.
    pub fn is_a_post(self) -> bool {
        !matches!(self, Role::Visitor | Role::Resident | Role::Application)
    }

    /// Whether a post of this role may appoint somebody to `other`, inside its own range.
    ///
    /// 等保 2.0 level 3 keeps the three administrators apart: the security administrator appoints anybody but a
    /// fellow security administrator and the auditor; those two are made on the command line.
    pub fn may_grant(self, other: Role) -> bool {
        let is_a_post = other.is_a_post();
        match self {
            Role::SecurityAdmin => is_a_post && !matches!(other, Role::SecurityAdmin | Role::Auditor),
            Role::CommitteeHead | Role::StreetOfficer | Role::DistrictOfficer | Role::CityOfficer => {
                is_a_post && other.rank() < self.rank()
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_grants_at_or_above_their_own_level() {
        for granter in Role::ALL {
            assert!(!granter.may_grant(*granter), "{granter:?}");
            assert!(!granter.may_grant(Role::Auditor), "{granter:?}");
            assert!(!granter.may_grant(Role::Application), "{granter:?}");
        }
        assert!(Role::CommitteeHead.may_grant(Role::CommitteeWorker));
        assert!(!Role::CommitteeHead.may_grant(Role::StreetOfficer));
        assert!(!Role::SystemAdmin.may_grant(Role::CommitteeWorker));
    }
}
