using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Server.Tests.Support;

/// <summary>A real service on a free port.</summary>
internal sealed class TestUpstream : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestUpstream(WebApplication application) => _application = application;

    public Uri Url { get; private set; } = null!;

    /// <summary>Method and target of every request that arrived.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<TestUpstream> StartAsync(RequestDelegate? answer = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication application = builder.Build();
        var upstream = new TestUpstream(application);
        RequestDelegate respond = answer ?? (context => context.Response.WriteAsync("hello"));
        application.Run(context =>
        {
            upstream.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            return respond(context);
        });
        await application.StartAsync();
        upstream.Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return upstream;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
