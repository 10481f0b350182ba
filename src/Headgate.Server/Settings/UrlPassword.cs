using System.Text.RegularExpressions;

namespace Headgate.Server.Settings;

/// <summary>Hides the passwords of URLs in texts that people see.</summary>
internal static partial class UrlPassword
{
    public static string Hide(string text) => Password().Replace(text, "***");

    // Up to the last @: a password that was not percent-encoded is one all the same.
    [GeneratedRegex(@"(?<=://[^:@/\s]*:)\S*(?=@)")]
    private static partial Regex Password();
}
