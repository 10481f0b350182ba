using System.Diagnostics.CodeAnalysis;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>A timeout by length or by name: exactly one of the two is set. Immutable.</summary>
/// <param name="Length">The length, or null.</param>
/// <param name="Name">The name of one of the document's timeouts, or null.</param>
[SettingText("a duration such as 10, \"500ms\" or \"1m\", or the name of a timeout of x-gateway-config", "duration or name", AllowNumber = true)]
public sealed record TimeoutValue(Duration? Length, string? Name) : IParsable<TimeoutValue>
{
    private static readonly Duration s_least = new(TimeSpan.FromMilliseconds(1));
    private static readonly Duration s_most = new(TimeSpan.FromHours(24));

    /// <inheritdoc/>
    public static TimeoutValue Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out TimeoutValue? value) ? value : throw new FormatException($"'{s}' is neither a duration nor a name.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out TimeoutValue result)
    {
        result = null;
        if (string.IsNullOrEmpty(s))
            return false;
        if (Duration.TryParse(s, out Duration length))
            result = length >= s_least && length <= s_most ? new TimeoutValue(length, null) : null;
        else if (char.IsAsciiLetter(s[0]) && s.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            result = new TimeoutValue(null, s);
        return result is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Length.ToString()!;
}
