using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Validation;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>A parameter in one style, and its encoder: written after RFC 6570 §3.2.1 and OAS 3.1.1 §4.8.12.4, and not after the reader that it tests.</summary>
/// <param name="In">Where it stands.</param>
/// <param name="Style">Its style.</param>
/// <param name="Explode">Whether each part of it stands for itself.</param>
/// <param name="Shape">What it is.</param>
internal sealed record RoundTripCase(ParameterLocation In, ParameterStyle Style, bool Explode, ParameterShape Shape)
{
    public const string Name = "c\u00f4lor[s]";

    /// <summary>What can stand in a value beside what separates values of this style: that cannot be told from a separator even when it is encoded, or is not encoded at all.</summary>
    public string Carries(string text) => (In, Style) switch
    {
        // A header field has no encoding; white space around its commas is none of its values'.
        (ParameterLocation.Header, _) => string.Concat(text.Where(c => c is > ' ' and < '\u007f' or (> '\u00a0' and <= '\u00ff') && c is not (',' or '='))),

        // A dot is unreserved: it stands for itself, encoded or not (RFC 3986 §2.3).
        (_, ParameterStyle.Label) when Explode => text.Replace(".", "", StringComparison.Ordinal),
        (_, ParameterStyle.SpaceDelimited) => text.Replace(" ", "", StringComparison.Ordinal),
        (_, ParameterStyle.PipeDelimited) => text.Replace("|", "", StringComparison.Ordinal),
        _ => text,
    };

    /// <summary>The parameter as a correct client writes it: a path segment, a field's value, or the pairs of a query or of cookies.</summary>
    public string Encode(JsonNode value) => Style switch
    {
        ParameterStyle.DeepObject => string.Join('&', Members(value).Select(member => $"{Percent(Name)}%5B{Percent(member.Key)}%5D={Percent(member.Text)}")),
        ParameterStyle.Form when Explode && Shape == ParameterShape.Array => string.Join('&', Items(value).Select(item => $"{Percent(Name)}={Percent(item)}")),
        ParameterStyle.Form when Explode && Shape == ParameterShape.Object => string.Join('&', Members(value).Select(member => $"{Percent(member.Key)}={Percent(member.Text)}")),
        ParameterStyle.Matrix when Explode && Shape == ParameterShape.Array => string.Concat(Items(value).Select(item => ";" + Named(Percent(Name), Percent(item)))),
        ParameterStyle.Matrix when Explode && Shape == ParameterShape.Object => string.Concat(Members(value).Select(member => ";" + Named(Percent(member.Key), Percent(member.Text)))),
        ParameterStyle.Matrix => ";" + Named(Percent(Name), Joined(value)),
        ParameterStyle.Label => "." + Joined(value),
        ParameterStyle.Simple => Joined(value),
        _ => $"{Percent(Name)}={Joined(value)}",
    };

    public override string ToString() => $"{In} {Style} {(Explode ? "exploded " : "")}{Shape}";

    // RFC 6570 §3.2.7: the expansion of ; has no equals sign before nothing.
    private static string Named(string name, string value) => value.Length == 0 ? name : $"{name}={value}";

    private static string TextOf(JsonNode? value) => value!.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static IEnumerable<string> Items(JsonNode value) => value.AsArray().Select(TextOf);

    private static IEnumerable<(string Key, string Text)> Members(JsonNode value) => value.AsObject().Select(member => (member.Key, TextOf(member.Value)));

    private string Joined(JsonNode value)
    {
        string separator = Style switch
        {
            ParameterStyle.Label when Explode => ".",
            ParameterStyle.SpaceDelimited => "%20",
            ParameterStyle.PipeDelimited => "%7C",
            _ when In == ParameterLocation.Header => ", ",
            _ => ",",
        };
        string between = Explode ? "=" : separator;
        return Shape switch
        {
            ParameterShape.Array => string.Join(separator, Items(value).Select(Percent)),
            ParameterShape.Object => string.Join(separator, Members(value).Select(member => Percent(member.Key) + between + Percent(member.Text))),
            _ => Percent(TextOf(value)),
        };
    }

    private string Percent(string text) => In == ParameterLocation.Header ? text : Uri.EscapeDataString(text);
}
