using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Simulator.Tests;

/// <summary>A server that takes webhooks, after refusing as many as it is asked to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<(JsonNode Body, string? Secret)> _received = Channel.CreateUnbounded<(JsonNode, string?)>();
    private readonly WebApplication _app;
    private int _refusals;

    private WebhookReceiver(int refusals)
    {
        _refusals = refusals;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Url => _app.Urls.First() + "/hook";

    public int Posts { get; private set; }

    public static async Task<WebhookReceiver> StartAsync(int refusals = 0)
    {
        var receiver = new WebhookReceiver(refusals);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<(JsonNode Body, string? Secret)> NextAsync() => await _received.Reader.ReadAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Posts++;
        if (_refusals-- > 0)
        {
            context.Response.StatusCode = 503;
            return;
        }
        var body = await JsonNode.ParseAsync(context.Request.Body);
        await _received.Writer.WriteAsync((body!, context.Request.Headers["X-Webhook-Secret"]));
    }
}
