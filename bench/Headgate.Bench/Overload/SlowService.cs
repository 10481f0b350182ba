using System.Net;
using Headgate.Bench.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Headgate.Bench.Overload;

/// <summary>A service that works on so many requests at once, each for a while, and has the others wait: what it can do is known, and what is beyond that piles up in it.</summary>
internal sealed class SlowService : IAsyncDisposable
{
    /// <summary>How many requests it works on at once.</summary>
    public const int Workers = 16;

    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(5);

    private readonly WebApplication web;
    private readonly SemaphoreSlim workers = new(Workers);

    private SlowService(WebApplication web, Uri address) => (this.web, Address) = (web, address);

    public Uri Address { get; }

    /// <summary>Starts it in this process.</summary>
    public static async Task<SlowService> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        var port = Loopback.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var web = builder.Build();
        var service = new SlowService(web, Loopback.Address(port));
        web.Run(context => service.AnswerAsync(context, time));
        await web.StartAsync(cancellation);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(new CancellationToken(canceled: true));
        await web.DisposeAsync();
        workers.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, TimeProvider time)
    {
        await workers.WaitAsync(context.RequestAborted);
        try
        {
            await Task.Delay(Work, time, context.RequestAborted);
        }
        finally
        {
            workers.Release();
        }
        await context.Response.WriteAsync("done");
    }
}
