using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Telemetry;

/// <summary>
/// Keeps secrets that travel in URLs out of logs and traces: the values of parameters with telling names, and whatever looks like a JSON Web Token
/// or an API key of Headgate's own. Thread-safe.
/// </summary>
/// <remarks>
/// A name matches whatever its case and percent-encoding, with or without <c>-</c> and <c>_</c> (<c>accessToken</c> is <c>access_token</c>), and by its last part:
/// <c>user[password]</c> and <c>filter.token</c> are redacted as <c>password</c> and <c>token</c> are. A name that cannot be decoded is treated as telling.
/// </remarks>
internal sealed class QueryRedactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Replacement = "REDACTED";

    // {" in base64url.
    private const string TokenStart = "eyJ";

    private const int MaxNameLength = 128;

    private FrozenSet<string> _names;

    public QueryRedactor(IEnumerable<string> names) => _names = Freeze(names);

    /// <summary>The parameters that are always redacted.</summary>
    public static IReadOnlyList<string> DefaultNames { get; } =
    [
        "id_token_hint", "key", "secret_key", "private_key", "access_key", "access_key_id", "subscription_key", "auth", "authorization", "jwt", "bearer",
        "assertion", "client_assertion", "pwd", "pass", "credentials", "sig", "code", "code_verifier", "otp", "pin", "ticket",
        "session", "session_id", "sid", "saml_response", "saml_request",
    ];

    /// <summary>The endings of names that are always redacted: <c>token</c> is <c>resetToken</c> too.</summary>
    public static IReadOnlyList<string> DefaultEndings { get; } =
        ["token", "secret", "password", "passwd", "passphrase", "credential", "signature", "api_key"];

    // After the list that it is made of: static members begin in the order of the text.
    private static readonly string[] s_endings = [.. DefaultEndings.Select(WithoutSeparators)];

    /// <summary>The parameters that documents add: those in which API keys stand, and those that they name for the access log.</summary>
    public static IEnumerable<string> NamesOf(GatewayPlan plan) => plan.Apis
        .SelectMany(api => api.Document.SecuritySchemes.Values)
        .Where(scheme => scheme is { In: ParameterLocation.Query, ParameterName: not null })
        .Select(scheme => scheme.ParameterName!)
        .Concat(plan.Apis.SelectMany(api => GatewayConfigExtension.Of(api.Document).AccessLog?.RedactQuery ?? []));

    /// <summary>Redacts further names, besides those that it redacts already: parameters that a document declares as API keys.</summary>
    public void Add(IEnumerable<string> names)
    {
        FrozenSet<string> before = Volatile.Read(ref _names);
        FrozenSet<string> after = Freeze(before.Concat(names));
        if (after.Count != before.Count)
            Volatile.Write(ref _names, after);
    }

    /// <summary>Cuts a query into parameters, each with whether its value is a secret.</summary>
    public QueryParameters Read(ReadOnlySpan<char> query) => new(this, query);

    /// <summary>A query without its secrets. Allocates: for traces.</summary>
    public string RedactQuery(string query)
    {
        if (query.Length == 0)
            return query;
        var text = new StringBuilder(query.Length);
        foreach (QueryParameter parameter in Read(query))
            text.Append(parameter.Name).Append(parameter.IsSecret ? Replacement : parameter.Value);
        return text.ToString();
    }

    /// <summary>A path without its secrets; the same string when there are none.</summary>
    public static string RedactPath(string path)
    {
        if (!MayHoldToken(path))
            return path;
        return string.Join('/', path.Split('/').Select(segment => IsToken(segment) ? Replacement : segment));
    }

    /// <summary>Whether a text is worth a closer look.</summary>
    public static bool MayHoldToken(ReadOnlySpan<char> text) => text.Contains(TokenStart, StringComparison.Ordinal) || text.Contains(ApiKeyText.Prefix, StringComparison.Ordinal);

    /// <summary>Whether a text looks like a JSON Web Token (RFC 7515 §7.1: parts separated by dots), or holds an API key, in its place or not.</summary>
    public static bool IsToken(ReadOnlySpan<char> text)
    {
        int start = text.IndexOf(TokenStart, StringComparison.Ordinal);
        return (start >= 0 && text[start..].Contains('.')) || text.Contains(ApiKeyText.Prefix, StringComparison.Ordinal);
    }

    internal bool IsSecret(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => !value.IsEmpty && (IsSecretName(name) || IsToken(value));

    private bool IsSecretName(ReadOnlySpan<char> name)
    {
        Span<char> lastPart = stackalloc char[MaxNameLength];
        int length = 0;
        bool beginsPart = false;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c == '%' && !TryDecode(name, ref i, out c))
                return true;
            if (c is '.' or '[' or ']' or ':' or '/' or '$')
            {
                beginsPart = true;
                continue;
            }

            length = beginsPart ? 0 : length;
            beginsPart = false;
            if (c < ' ' || length == lastPart.Length)
                return true;
            if (c is not ('-' or '_' or '+' or ' '))
                lastPart[length++] = c;
        }

        return IsTelling(lastPart[..length]);
    }

    private bool IsTelling(ReadOnlySpan<char> name)
    {
        foreach (string ending in s_endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return Volatile.Read(ref _names).GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    private static bool TryDecode(ReadOnlySpan<char> name, ref int at, out char decoded)
    {
        decoded = default;
        if (at + 2 >= name.Length || !byte.TryParse(name.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code))
            return false;
        decoded = (char)code;
        at += 2;
        return true;
    }

    private static FrozenSet<string> Freeze(IEnumerable<string> names) =>
        names.Select(WithoutSeparators).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string WithoutSeparators(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
