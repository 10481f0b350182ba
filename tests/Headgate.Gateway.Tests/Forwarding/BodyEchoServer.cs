using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>
/// A real HTTP server that gives every body back with its SHA-256 in a trailer: over HTTP/2 as it comes; over HTTP/1.1 once it is there, because
/// clients of that version often do not read before they have sent all.
/// </summary>
internal sealed class BodyEchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BodyEchoServer(WebApplication app, string scheme)
    {
        _app = app;
        Uri address = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Url = new Uri($"{scheme}://127.0.0.1:{address.Port}");
    }

    public Uri Url { get; }

    public static async Task<BodyEchoServer> StartAsync(HttpProtocols protocols = HttpProtocols.Http1, string scheme = "http", Action<ListenOptions>? listen = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, options =>
            {
                options.Protocols = protocols;
                listen?.Invoke(options);
            });
        });
        WebApplication app = builder.Build();
        app.Run(EchoAsync);
        await app.StartAsync();
        return new BodyEchoServer(app, scheme);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Over HTTP/1.1 Kestrel gives no response trailers, so the coding is written by hand.
    private static async Task EchoAsync(HttpContext context)
    {
        bool native = context.Response.SupportsTrailers();
        context.Response.ContentType = context.Request.ContentType ?? "application/octet-stream";
        context.Response.Headers["X-Upstream-Protocol"] = context.Request.Protocol;
        if (!native)
            context.Response.Headers.TransferEncoding = "chunked";
        await context.Response.Body.FlushAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[64 * 1024];
        Stream body = native ? context.Request.Body : await BufferAsync(context.Request.Body);
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            if (!native)
                await context.Response.WriteAsync($"{count:x}\r\n");
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count));
            if (!native)
                await context.Response.WriteAsync("\r\n");
            await context.Response.Body.FlushAsync();
        }

        string sum = Convert.ToHexString(hash.GetHashAndReset());
        if (native)
            context.Response.AppendTrailer("X-Sha256", sum);
        else
            await context.Response.WriteAsync($"0\r\nX-Sha256: {sum}\r\n\r\n");
    }

    private static async Task<Stream> BufferAsync(Stream body)
    {
        var buffered = new MemoryStream();
        await body.CopyToAsync(buffered);
        buffered.Position = 0;
        return buffered;
    }
}
