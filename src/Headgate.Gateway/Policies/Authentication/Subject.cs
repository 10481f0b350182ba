namespace Headgate.Gateway.Policies.Authentication;

/// <summary>
/// To whom roles are assigned: a user, a service account or an API key, so that none of them is taken for another of the same id. Immutable.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id among its kind.</param>
public sealed record Subject(SubjectKind Kind, string Id)
{
    /// <summary>Reads <c>user:ID</c>, <c>service-account:ID</c> or <c>api-key:ID</c>; null when it is something else.</summary>
    public static Subject? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || colon == text.Length - 1)
            return null;
        foreach (SubjectKind kind in Enum.GetValues<SubjectKind>())
        {
            if (text.AsSpan(0, colon).SequenceEqual(NameOf(kind)))
                return new Subject(kind, text[(colon + 1)..]);
        }

        return null;
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{NameOf(Kind)}:{Id}";

    internal static string NameOf(SubjectKind kind) => kind switch
    {
        SubjectKind.User => "user",
        SubjectKind.ServiceAccount => "service-account",
        SubjectKind.ApiKey => "api-key",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of subject."),
    };
}
