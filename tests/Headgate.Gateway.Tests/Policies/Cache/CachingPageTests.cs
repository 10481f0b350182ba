using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>The reference page of caching.</summary>
public class CachingPageTests
{
    private const string Page = "caching.md";

    [Fact]
    public void Settings_OfThePage_AreTheRecord() => new ReferencePage(Page).Holds("extension", ExtensionReferenceWriter.WriteTable(typeof(CacheExtension)));

    [Fact]
    public void OverrideFields_OfThePage_AreThoseOfTheCode()
    {
        string page = new ReferencePage(Page).Read();
        Assert.All(CacheBypass.OverrideFields, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }
}
