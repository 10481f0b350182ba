using System.Reflection;

namespace Headgate.Docs.Tests.Support;

/// <summary>Finds the types of the product and their values by the names that pages use.</summary>
internal static class ProductTypes
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Type[] s_own = [.. new[] { "Headgate.OpenApi", "Headgate.Storage", "Headgate.Gateway", "Headgate.Integration", "headgate" }.SelectMany(name => Assembly.Load(name).GetTypes())];

    // What the product names of the framework comes from these.
    private static readonly Type[] s_framework = [.. new[]
    {
        typeof(Microsoft.AspNetCore.Hosting.Server.IHttpApplication<>), typeof(Microsoft.AspNetCore.Http.HttpContext),
        typeof(HttpClient), typeof(System.Net.Sockets.Socket), typeof(object), typeof(System.Text.Json.JsonDocument),
    }.SelectMany(type => type.Assembly.GetExportedTypes())];

    public static Type? Find(string name) => s_own.FirstOrDefault(type => NameOf(type) == name);

    public static bool IsKnown(string name) => Find(name) is not null || s_framework.Any(type => NameOf(type) == name);

    public static bool HasMember(string type, string member) =>
        s_own.Concat(s_framework).Any(known => NameOf(known) == type && known.GetMember(member, Everything).Length > 0);

    /// <summary>The value of a constant or static member, or of a property on an instance made with its defaults.</summary>
    public static object? ValueOf(string type, string member)
    {
        Type owner = Find(type) ?? throw new InvalidOperationException($"There is no type {type}.");
        if (owner.GetField(member, Everything) is { IsStatic: true } field)
            return field.GetValue(null);
        PropertyInfo property = owner.GetProperty(member, Everything) ?? throw new InvalidOperationException($"{type} has no {member}.");
        object? instance = property.GetMethod!.IsStatic ? null
            : owner.GetProperty("Default", Everything) is { GetMethod.IsStatic: true } preset ? preset.GetValue(null)
            : Activator.CreateInstance(owner);
        return property.GetValue(instance);
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];
}
