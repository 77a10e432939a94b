using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Zoetrope.Benchmarks;

namespace Zoetrope.ThroughputBenchmark;

/// <summary>Kestrel, with a page of five entries, and a queue whose jobs are complete at their third poll.</summary>
internal static class LoopbackServer
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "{\"models\":[" + string.Join(',', Enumerable.Range(1, 5).Select(
            static i => $$"""{"endpoint_id":"fal-ai/model-{{i}}/image-to-video","title":"Model {{i}}","unit_price":0.{{i}}5}"""))
        + "],\"next_cursor\":null,\"has_more\":false}");

    private static readonly byte[] Result = """{"video":{"url":"https://v3b.example.com/files/b/0a8d0278/output.mp4"}}"""u8.ToArray();

    private static readonly ConcurrentDictionary<string, int> PollsOf = new();
    private static int _jobs;

    /// <summary>Prints an address for each version of HTTP, and responds until its input is closed.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        await using var app = builder.Build();
        app.Run(static async context =>
        {
            var body = Respond(context.Request);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.BodyWriter.WriteAsync(body);
        });
        await app.StartAsync();
        foreach (var url in app.Urls)
            Console.WriteLine(url);
        await Console.In.ReadToEndAsync();
    }

    private static byte[] Respond(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (path == "/models")
            return Page;
        if (HttpMethods.IsPost(request.Method))
            return Status("IN_QUEUE", Interlocked.Increment(ref _jobs).ToString("x32", CultureInfo.InvariantCulture));
        if (!path.EndsWith("/status", StringComparison.Ordinal))
            return Result;
        var id = path.Split('/')[^2];
        if (PollsOf.AddOrUpdate(id, 1, static (_, count) => count + 1) < Samples.Polls)
            return Status("IN_PROGRESS", id);
        PollsOf.TryRemove(id, out _);
        return Status("COMPLETED", id);
    }

    // As in fal's responses.
    private static byte[] Status(string status, string id)
    {
        var url = "https://queue.fal.run/fal-ai/kling-video/requests/" + id;
        return Encoding.UTF8.GetBytes(
            $$"""{"status":"{{status}}","request_id":"{{id}}","response_url":"{{url}}","status_url":"{{url}}/status","cancel_url":"{{url}}/cancel"}""");
    }
}
