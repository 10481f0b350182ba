namespace Headgate.OpenApi.Values;

/// <summary>
/// A secret by name, written <c>${secret:NAME}</c>. A document never contains a secret; the instance's settings hold it. Immutable.
/// </summary>
/// <param name="Name">The name, of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</param>
public sealed record SecretReference(string Name)
{
    private const string Prefix = "${secret:";

    /// <summary>Reads <c>${secret:NAME}</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out SecretReference? reference)
    {
        reference = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !text.EndsWith('}'))
            return false;
        string name = text[Prefix.Length..^1];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            return false;
        reference = new SecretReference(name);
        return true;
    }

    /// <summary>The form in which a document writes it.</summary>
    public override string ToString() => $"{Prefix}{Name}}}";
}
