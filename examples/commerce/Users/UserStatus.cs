namespace Commerce.Users;

internal enum UserStatus
{
    Active,
    Inactive,
    Suspended,
    Deleted,
}
