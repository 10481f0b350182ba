using System.Reflection;
using Headgate.Docs.Tests.Support;
using Headgate.Gateway.Configuration;
using Headgate.Integration;
using Headgate.OpenApi.Extensions;

namespace Headgate.Docs.Tests;

/// <summary>The page says of exactly those extensions and settings that they are not enforced yet of which the code says so.</summary>
public class NotYetTests
{
    [Fact]
    public void ExtensionsOfThePage_Are_ThoseThatTheCodeDoesNotEnforce()
    {
        ExtensionRegistry registry = IntegrationExtensions.RegisterAll(GatewayExtensions.RegisterAll(new ExtensionRegistry()));
        IEnumerable<string> notEnforced = registry.Definitions.Values.Where(definition => !definition.Enforced).Select(definition => definition.Name);

        Assert.Equal(notEnforced.Order(StringComparer.Ordinal), Named("x-gateway-", "extension").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SettingsOfThePage_Are_ThoseThatTheCodeDoesNotEnforce()
    {
        IEnumerable<string> notEnforced = new[] { typeof(ExtensionRegistry).Assembly, typeof(GatewayExtensions).Assembly, typeof(IntegrationExtensions).Assembly }
            .SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(NotEnforcedYetAttribute)))
            .Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

        Assert.Equal(notEnforced.Distinct().Order(StringComparer.Ordinal), Named("", "settings").Select(name => name.Split('.')[^1]).Distinct().Order(StringComparer.Ordinal));
    }

    // The names in the first cells of the table whose head begins with a word.
    private static IEnumerable<string> Named(string prefix, string head) =>
        MarkdownPage.Read("docs/reference/enforced.md").Prose.Select(line => line.Text)
            .SkipWhile(line => line != "## Not yet").SkipWhile(line => !line.StartsWith($"| {head} ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => line.Split('|')[1].Split(',')).Select(name => name.Trim(' ', '`')).Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
