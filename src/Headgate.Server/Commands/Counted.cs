namespace Headgate.Server.Commands;

/// <summary>A number of things in words.</summary>
internal static class Counted
{
    public static string Of(long count, string noun) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
