namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What kind of caller a credential speaks for.</summary>
public enum SubjectKind
{
    /// <summary>A user of an issuer of tokens.</summary>
    User,

    /// <summary>A service account of Headgate's own.</summary>
    ServiceAccount,

    /// <summary>An API key, by its id.</summary>
    ApiKey,
}
