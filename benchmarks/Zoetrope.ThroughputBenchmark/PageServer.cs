using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Zoetrope.ThroughputBenchmark;

/// <summary>Kestrel, which responds to everything with a page of five entries.</summary>
internal static class PageServer
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "{\"models\":[" + string.Join(',', Enumerable.Range(1, 5).Select(
            static i => $$"""{"endpoint_id":"fal-ai/model-{{i}}/image-to-video","title":"Model {{i}}","unit_price":0.{{i}}5}"""))
        + "],\"next_cursor\":null,\"has_more\":false}");

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
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Page.Length;
            await context.Response.BodyWriter.WriteAsync(Page);
        });
        await app.StartAsync();
        foreach (var url in app.Urls)
            Console.WriteLine(url);
        await Console.In.ReadToEndAsync();
    }
}
