using System.Text.Encodings.Web;

namespace Commerce.Users.Identity;

/// <summary>HTML in which every value was encoded as it was put in.</summary>
internal sealed record Markup(string Text)
{
    public static readonly Markup Nothing = new("");

    /// <summary>The HTML of an interpolated string: its literals as they stand, its values encoded, unless they are markup themselves.</summary>
    public static Markup Of(FormattableString html)
    {
        object?[] values = [.. html.GetArguments().Select(value => value is Markup markup ? markup.Text : HtmlEncoder.Default.Encode(value?.ToString() ?? ""))];
        return new Markup(string.Format(System.Globalization.CultureInfo.InvariantCulture, html.Format, values));
    }
}
