using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Headgate.Server.Admin;

/// <summary>Writes JSON answers of the admin listener.</summary>
internal static class AdminAnswer
{
    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted).AsTask();
    }
}
