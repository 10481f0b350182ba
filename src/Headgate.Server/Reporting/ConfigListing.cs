using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Extensions;
using Headgate.Server.Settings;

namespace Headgate.Server.Reporting;

/// <summary>Lists the configuration in force: what was given, by whom, and every default.</summary>
internal static class ConfigListing
{
    public static ConfigReport Of(ServerOptions options, GatewayPlan plan) => new(
        [.. SettingsCatalogue.All.Select(setting => Setting(setting, options))],
        [.. plan.Apis.Select(api => Api(api, options))]);

    private static SettingReport Setting(SettingDefinition setting, ServerOptions options)
    {
        IReadOnlyList<SettingText> values = options.Given.OrDefault(setting);
        if (setting == SettingsCatalogue.Store)
            values = [Store(values, options)];
        return new SettingReport(setting.Key, [.. values.Select(value => new SettingValueReport(UrlPassword.Hide(value.Text), value.Source.ToString().ToLowerInvariant(), value.Origin))]);
    }

    // The location's own text never has its password, and is there too when nobody names a store.
    private static SettingText Store(IReadOnlyList<SettingText> given, ServerOptions options) =>
        (given is [.., var last] ? last : new SettingText("", "default") { Source = SettingSource.Default }) with { Text = options.Store.ToString() };

    private static ApiConfigReport Api(ApiPlan api, ServerOptions options)
    {
        GatewayConfigExtension config = GatewayConfigExtension.Of(api.Document);
        var services = new Dictionary<string, ServiceSettings>(config.Services, StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<Uri> urls) in options.Services)
            services[name] = (services.GetValueOrDefault(name) ?? new ServiceSettings()) with { Url = null, Weights = null, Urls = [.. urls.Select(url => url.AbsoluteUri)] };
        return new ApiConfigReport(api.Name, api.Document.Root.File.Path, ExtensionJson.Write(config with { Services = services }));
    }
}
