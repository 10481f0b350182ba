using System.Globalization;
using System.Net;
using Headgate.Bench.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Headgate.Bench.Aggregation;

/// <summary>A service that answers 100 bytes of JSON after the milliseconds that the path says, <c>/20</c>, however many ask.</summary>
internal sealed class DelayedService : IAsyncDisposable
{
    private const int AnswerBytes = 100;

    private static readonly string Answer = Load.JsonPadding.OfLength(AnswerBytes);

    private readonly WebApplication web;

    private DelayedService(WebApplication web, Uri address) => (this.web, Address) = (web, address);

    public Uri Address { get; }

    /// <summary>Starts it in this process.</summary>
    public static async Task<DelayedService> StartAsync(TimeProvider time, CancellationToken cancellation)
    {
        var port = Loopback.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var web = builder.Build();
        web.Run(context => AnswerAsync(context, time));
        await web.StartAsync(cancellation);
        return new DelayedService(web, Loopback.Address(port));
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(new CancellationToken(canceled: true));
        await web.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context, TimeProvider time)
    {
        var milliseconds = int.Parse(context.Request.Path.Value.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, context.RequestAborted);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = AnswerBytes;
        await context.Response.WriteAsync(Answer);
    }
}
