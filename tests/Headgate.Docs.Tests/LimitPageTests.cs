using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>
/// The defaults on the page are those of the code: each row of the tables under "Limits and defaults" names a setting of <c>headgate run</c> or a member, and its
/// first figure is that one's value.
/// </summary>
public partial class LimitPageTests
{
    private const string Page = "docs/reference/enforced.md";

    private static readonly string[] s_tables = ["From clients", "Cache", "Tokens and keys", "Service accounts", "Events", "Operations", "Idempotency keys", "Sagas", "Towards upstreams", "Documents", "Telemetry", "Store", "Administration and reload"];

    public static TheoryData<string, string> Limits()
    {
        var rows = new TheoryData<string, string>();
        foreach (string[] row in s_tables.SelectMany(MarkdownPage.Read(Page).TableUnder))
            rows.Add(row[2].Trim('`'), row[1]);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Limit_OfPage_IsThatOfTheCode(string source, string printed)
    {
        object? value = Setting().IsMatch(source) ? DefaultOf(source) : ProductTypes.ValueOf(source.Split('.')[0], source.Split('.')[1]);
        Assert.Equal(FigureOf(value), FigureOf(printed));
    }

    [Fact]
    public void EveryLimitSetting_Is_OnThePage() =>
        Assert.All(Settings().Where(key => key.StartsWith("limits.", StringComparison.Ordinal)), key => Assert.Contains(Limits(), row => row.Data.Item1 == key));

    private static IEnumerable<string> Settings() =>
        ((IEnumerable)ProductTypes.ValueOf("SettingsCatalogue", "All")!).Cast<object>().Select(setting => Text(setting, "Key")!);

    private static string? DefaultOf(string key) =>
        Text(((IEnumerable)ProductTypes.ValueOf("SettingsCatalogue", "All")!).Cast<object>().Single(setting => Text(setting, "Key") == key), "Default");

    private static string? Text(object setting, string property) => (string?)setting.GetType().GetProperty(property)!.GetValue(setting);

    // Seconds of a time, bytes of a size, and else the number itself.
    private static double FigureOf(object? value) => value switch
    {
        TimeSpan time => time.TotalSeconds,
        Headgate.OpenApi.Values.Duration duration => duration.Value.TotalSeconds,
        Headgate.OpenApi.Values.ByteSize size => size.Bytes,
        string text => FigureOfText(text),
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value} is no figure."),
    };

    private static double FigureOfText(string text)
    {
        Match figure = Figure().Match(text);
        Assert.True(figure.Success, $"'{text}' begins with no figure.");
        double number = double.Parse(figure.Groups["number"].Value, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return number * figure.Groups["unit"].Value switch
        {
            "KiB" => 1024,
            "MiB" => 1024 * 1024,
            "GiB" => 1024 * 1024 * 1024,
            "ms" => 0.001,
            "min" or "m" => 60,
            "d" => 24 * 60 * 60,
            _ => 1,
        };
    }

    [GeneratedRegex(@"^[a-z][a-z-]*(\.[a-z0-9-]+)?$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(?<number>[0-9][0-9,]*(\.[0-9]+)?) ?(?<unit>KiB|MiB|GiB|B|ms|min|m|s|d)?\b")]
    private static partial Regex Figure();
}
