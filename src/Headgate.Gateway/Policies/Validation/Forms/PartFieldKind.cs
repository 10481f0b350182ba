namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>The header fields of a part that decide how it is understood.</summary>
internal enum PartFieldKind
{
    /// <summary>Another.</summary>
    Other,

    /// <summary><c>Content-Disposition</c>.</summary>
    Disposition,

    /// <summary><c>Content-Type</c>.</summary>
    Type,
}
