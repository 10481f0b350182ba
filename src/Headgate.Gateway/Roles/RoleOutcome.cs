namespace Headgate.Gateway.Roles;

/// <summary>What became of a change of roles.</summary>
public enum RoleOutcome
{
    /// <summary>It is made, and was not there before.</summary>
    Created,

    /// <summary>It was there, and is as it was asked for now.</summary>
    Replaced,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>There is no such role or assignment; nothing was changed.</summary>
    NotFound,

    /// <summary>Somebody has the role; nothing was changed.</summary>
    InUse,

    /// <summary>There are as many as there may be; nothing was changed.</summary>
    TooMany,
}
