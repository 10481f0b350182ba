namespace Headgate.Gateway.Policies.Validation;

/// <summary>How a body of a media type is read.</summary>
internal enum MediaKind
{
    /// <summary>Not at all: it is passed on unchecked.</summary>
    Opaque,

    /// <summary>As JSON.</summary>
    Json,

    /// <summary>As <c>application/x-www-form-urlencoded</c>.</summary>
    Form,

    /// <summary>As <c>multipart/form-data</c>.</summary>
    Multipart,
}
