using Commerce.Shared.Security;
using Microsoft.AspNetCore.Routing;

namespace Commerce.Shared.Web;

/// <summary>The endpoints of one service. Each is authenticated, given its body, and answered in one place.</summary>
internal sealed class ServiceRoutes(WebApplication app, CallerAuthentication authentication)
{
    private readonly List<string> _served = [];

    /// <summary>Everything that is served, as <c>GET /orders/{orderId}</c>.</summary>
    public IReadOnlyList<string> Served => _served;

    public void Get(string pattern, Access access, Func<ServiceRequest, Task<Answer>> endpoint) =>
        Map(HttpMethods.Get, pattern, access, endpoint);

    public void Get(string pattern, Access access, Func<ServiceRequest, Answer> endpoint) =>
        Map(HttpMethods.Get, pattern, access, request => Task.FromResult(endpoint(request)));

    public void Post(string pattern, Access access, Func<ServiceRequest, Task<Answer>> endpoint) =>
        Map(HttpMethods.Post, pattern, access, endpoint);

    public void Patch(string pattern, Access access, Func<ServiceRequest, Task<Answer>> endpoint) =>
        Map(HttpMethods.Patch, pattern, access, endpoint);

    public void Delete(string pattern, Access access, Func<ServiceRequest, Task<Answer>> endpoint) =>
        Map(HttpMethods.Delete, pattern, access, endpoint);

    private void Map(string method, string pattern, Access access, Func<ServiceRequest, Task<Answer>> endpoint)
    {
        _served.Add($"{method} {pattern}");
        // RFC 9110 §9.1: whoever serves GET serves HEAD; the server leaves the content out.
        string[] methods = method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [method];
        app.MapMethods(pattern, methods, (RequestDelegate)(http => ServeAsync(http, access, endpoint)));
    }

    private async Task ServeAsync(HttpContext http, Access access, Func<ServiceRequest, Task<Answer>> endpoint)
    {
        var caller = await authentication.AuthenticateAsync(http, access, http.RequestAborted);
        var body = await ReadBodyAsync(http.Request, http.RequestAborted);
        var answer = await endpoint(new ServiceRequest(http, caller, CallContext.Of(http, caller), body));
        await answer.WriteAsync(http.Response, http.RequestAborted);
    }

    // The listener caps a body at its own limit and answers 413 beyond it, so that this buffer is bounded.
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength == 0 || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return [];
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
