using System.Reflection;
using Headgate.Gateway.Errors;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Architecture.Tests;

/// <summary>Codes are promises: each stands once, and each error has its page.</summary>
public class CatalogueTests
{
    private static readonly Assembly[] s_assemblies =
        [.. new[] { "Headgate.OpenApi", "Headgate.Storage", "Headgate.Gateway", "Headgate.Integration", "headgate" }.Select(Assembly.Load)];

    [Fact]
    public void DiagnosticCodes_Are_Unique()
    {
        DiagnosticDescriptor[] all = [.. StaticsOf<DiagnosticDescriptor>()];
        Assert.NotEmpty(all);
        Assert.All(all, descriptor => Assert.Matches("^HG[0-9]{4}$", descriptor.Code));
        Assert.Empty(all.GroupBy(descriptor => descriptor.Code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void ErrorNames_Are_Unique()
    {
        GatewayErrorKind[] all = [.. StaticsOf<GatewayErrorKind>()];
        Assert.NotEmpty(all);
        Assert.All(all, kind => Assert.Matches("^[a-z]+(_[a-z0-9]+)*$", kind.Name));
        Assert.Empty(all.GroupBy(kind => kind.Name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Errors_Have_APage()
    {
        foreach (GatewayErrorKind kind in StaticsOf<GatewayErrorKind>())
        {
            string page = Path.Combine(RepositoryFiles.Root, "docs", "errors", $"{kind.Name}.md");
            Assert.True(File.Exists(page), $"docs/errors/{kind.Name}.md is missing.");
            string text = File.ReadAllText(page);
            Assert.Contains(kind.Code, text, StringComparison.Ordinal);
            Assert.Contains(kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
            Assert.Contains(kind.Title, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void LogEventIds_Are_Unique()
    {
        var ids = new Dictionary<int, string>();
        IEnumerable<MethodInfo> methods = s_assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        foreach (MethodInfo method in methods)
        {
            if (method.GetCustomAttribute<Microsoft.Extensions.Logging.LoggerMessageAttribute>() is not { } message)
                continue;
            string name = $"{method.DeclaringType!.Name}.{method.Name}";
            Assert.True(ids.TryAdd(message.EventId, name), $"The event id {message.EventId} of {name} belongs to {ids.GetValueOrDefault(message.EventId)}.");
        }

        Assert.NotEmpty(ids);
    }

    private static IEnumerable<T> StaticsOf<T>() =>
        s_assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(T) && !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => (T)field.GetValue(null)!);
}
