using System.Net;
using Headgate.Server.Hosting;

namespace Headgate.Server.Admin;

/// <summary>
/// Lets to the admin API only who holds the key, and only when it was meant: a web page must not reach it through a visitor's browser, neither by a
/// name that it makes resolve to this machine (DNS rebinding) nor from its own origin. Thread-safe.
/// </summary>
internal sealed class AdminGate(AdminKey key, TimeProvider time)
{
    private const string KeyHeader = "X-Admin-Key";
    private const string Scheme = "Bearer ";

    private readonly FailedKeys _failed = new(time);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ProbeEndpoints.IsProbe(context.Request.Path))
            return next(context);
        if (context.Features.Get<ProbesOnly>() is not null)
            return AdminProblem.NoResource(context);
        if (!IsOwnHost(context.Request.Host))
            return AdminProblem.WriteAsync(context, 421, "MISDIRECTED_REQUEST", $"The admin API is not called by the name {context.Request.Host.Host}. Use its IP address or localhost.");
        if (!IsOwnOrigin(context.Request))
            return AdminProblem.WriteAsync(context, 403, "FORBIDDEN", "The admin API does not serve pages of other origins.");
        return CheckKeyAsync(context, next);
    }

    private Task CheckKeyAsync(HttpContext context, RequestDelegate next)
    {
        IPAddress peer = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (_failed.WaitOf(peer) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return AdminProblem.WriteAsync(context, 429, "RATE_LIMIT_EXCEEDED", "Too many wrong admin keys came from this address.");
        }

        if (Presented(context.Request) is not { } presented)
            return Refuse(context, $"The admin API needs its key, as Authorization: Bearer or {KeyHeader}.");
        if (key.Matches(presented))
            return next(context);
        _failed.Add(peer);
        return Refuse(context, "The admin key is wrong.");
    }

    private static Task Refuse(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"headgate admin\"";
        return AdminProblem.WriteAsync(context, 401, "UNAUTHORIZED", detail);
    }

    private static string? Presented(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        return authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            ? authorization[Scheme.Length..].Trim()
            : request.Headers[KeyHeader] is [{ } key] ? key : null;
    }

    // A name can be made to point here by whoever owns it; an address cannot.
    private static bool IsOwnHost(HostString host) =>
        IPAddress.TryParse(host.Host.Trim('[', ']'), out _) || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwnOrigin(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return origin is null || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
