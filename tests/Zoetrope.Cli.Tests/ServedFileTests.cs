using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Cli.Tests;

/// <summary>Files that the page of a ledger shows: those that the ledger has recorded, and no others.</summary>
public sealed class ServedFileTests : BatchTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivered_file_is_served_whole_and_in_parts()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(0);
        using var page = await ServedLedger.StartAsync(Ledger);
        var item = Assert.Single((await page.JsonAsync("/api/gallery")).GetProperty("items").EnumerateArray());
        var output = Assert.Single(item.GetProperty("outputs").EnumerateArray());
        var url = output.GetProperty("url").GetString()!;
        var bytes = await File.ReadAllBytesAsync(item.GetProperty("job").GetProperty("files")[0].GetString()!, Token);
        Assert.Equal(("video", bytes.Length), (output.GetProperty("kind").GetString(), output.GetProperty("bytes").GetInt32()));

        using var whole = await page.Client.GetAsync(url, Token);
        Assert.Equal((HttpStatusCode.OK, "video/mp4"), (whole.StatusCode, whole.Content.Headers.ContentType!.ToString()));
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("bytes", Assert.Single(whole.Headers.AcceptRanges));

        await AssertPartAsync(new(10, 19), $"bytes 10-19/{bytes.Length}", bytes[10..20]);
        await AssertPartAsync(new(null, 5), $"bytes {bytes.Length - 5}-{bytes.Length - 1}/{bytes.Length}", bytes[^5..]);
        await AssertPartAsync(new(100, null), $"bytes 100-{bytes.Length - 1}/{bytes.Length}", bytes[100..]);
        var (beyond, range, _) = await PartAsync(page, url, new(bytes.Length + 1, null));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, $"bytes */{bytes.Length}"), (beyond, range));

        using var head = await page.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), Token);
        Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfModifiedSince = whole.Content.Headers.LastModified;
        Assert.Equal(HttpStatusCode.NotModified, (await page.Client.SendAsync(again, Token)).StatusCode);

        async Task AssertPartAsync(RangeItemHeaderValue asked, string expected, byte[] content)
        {
            var part = await PartAsync(page, url, asked);
            Assert.Equal((HttpStatusCode.PartialContent, expected), (part.Status, part.Range));
            Assert.Equal(content, part.Bytes);
        }
    }

    [Fact]
    public async Task A_part_whose_end_is_open_is_short_enough_not_to_stay_open()
    {
        const int most = 2 << 20;
        var file = Write("out/a.mp4", "");
        var bytes = new byte[most + 1000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes, Token);
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = [file] });
        using var page = await ServedLedger.StartAsync(Ledger);

        foreach (var (asked, first, last) in new (RangeItemHeaderValue, int, int)[]
        {
            (new(0, null), 0, most - 1), (new(500, null), 500, most + 499), (new(2000, null), 2000, most + 999), (new(0, most + 5), 0, most + 5),
            (new(null, most + 500), 500, most + 999),
        })
        {
            var part = await PartAsync(page, "/files/joba/0", asked);
            Assert.Equal((HttpStatusCode.PartialContent, $"bytes {first}-{last}/{bytes.Length}"), (part.Status, part.Range));
            Assert.Equal(bytes[first..(last + 1)], part.Bytes);
        }
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await PartAsync(page, "/files/joba/0", new(long.MaxValue, null))).Status);
        Assert.Equal(bytes, await page.Client.GetByteArrayAsync("/files/joba/0", Token));
    }

    [Fact]
    public async Task A_link_is_the_file_that_it_leads_to()
    {
        var target = Write("out/elsewhere/target.mp4", "the content of the target");
        var links = new[] { "link.mp4", "broken.mp4", "empty.mp4", "circle.mp4" }.Select(name => Path.Combine(Out, name)).ToArray();
        File.CreateSymbolicLink(links[0], target);
        File.CreateSymbolicLink(links[1], Path.Combine(Out, "nothing.mp4"));
        File.CreateSymbolicLink(links[2], Write("out/elsewhere/empty.mp4", ""));
        File.CreateSymbolicLink(links[3], links[3]);
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = links });
        using var page = await ServedLedger.StartAsync(Ledger);

        var item = Assert.Single((await page.JsonAsync("/api/gallery")).GetProperty("items").EnumerateArray());
        var outputs = item.GetProperty("outputs").EnumerateArray().ToList();

        Assert.Equal("the content of the target".Length, outputs[0].GetProperty("bytes").GetInt32());
        Assert.Equal("the content of the target", await page.Client.GetStringAsync("/files/joba/0", Token));
        Assert.All(outputs[1..], output => Assert.False(output.TryGetProperty("url", out _), output.ToString()));
    }

    [Fact]
    public async Task Nothing_else_is_served()
    {
        string[] paths =
        [
            "/files/../../../../../../etc/passwd", "/files/joba/../../../../../../etc/passwd", "/files/..%2f..%2f..%2f..%2fetc%2fpasswd/0",
            "/files/joba/..%2f..%2f..%2fetc%2fpasswd", "/files/joba/%2fetc%2fpasswd", "/files/joba/1", "/files/joba/-1", "/files/joba/+0",
            "/files/joba/99999999999999999999", "/files/joba/0/", "/files/joba", "/files/", "/files/jobb/0", "/assets/../index.html",
            "/assets/..%2f..%2fzoetrope.db", "/out/secret.txt", "/zoetrope.db",
        ];
        Write("out/secret.txt", "the content of another file");
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = [Write("out/a.txt", "the content of a")] }, new RecordedJob("jobb"));
        using var page = await ServedLedger.StartAsync(Ledger);

        foreach (var path in paths)
        {
            // As it is, and not as a client would make it.
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, page.Origin.Port, Token);
            var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {page.Token}\r\nConnection: close\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
            using var reader = new StreamReader(client.GetStream());
            var response = await reader.ReadToEndAsync(Token);

            Assert.True(response.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), $"{path}: {response}");
            Assert.DoesNotContain("content", response.Split("\r\n\r\n", 2)[1], StringComparison.Ordinal);
        }
        Assert.Contains("the content of a", await page.Client.GetStringAsync("/files/joba/0", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_medium_is_only_offered_to_be_saved()
    {
        const string hostile = "<script>alert(1)</script>";
        await ImportAsync(
            new RecordedJob("joba")
            {
                State = "delivered", Outputs = [Write("out/page.html", hostile), Write("out/a \"b\".glb", hostile), Write("out/p.svg", "<svg/>")],
            });
        using var page = await ServedLedger.StartAsync(Ledger);

        using var html = await page.Client.GetAsync("/files/joba/0", Token);
        Assert.Equal("application/octet-stream", html.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", html.Content.Headers.ContentDisposition!.DispositionType);
        using var model = await page.Client.GetAsync("/files/joba/1", Token);
        Assert.Equal("attachment", model.Content.Headers.ContentDisposition!.DispositionType);
        // It is an image; as a page of its own it may do nothing.
        using var image = await page.Client.GetAsync("/files/joba/2", Token);
        Assert.Equal("image/svg+xml", image.Content.Headers.ContentType!.ToString());
        Assert.All([html, model, image], response => Assert.Equal(
            "default-src 'none'; frame-ancestors 'none'; sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy"))));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said_to_be_gone()
    {
        var folder = Write("out/folder/x", "x")[..^2];
        await ImportAsync(new RecordedJob("joba")
        {
            State = "delivered",
            Outputs = [Path.Combine(Out, "gone.mp4"), "s3://bucket/key.mp4", Write("out/empty.mp4", ""), folder, "/dev/zero", "..", "a/b\u0000c", ""],
        });
        using var page = await ServedLedger.StartAsync(Ledger);

        var item = Assert.Single((await page.JsonAsync("/api/gallery")).GetProperty("items").EnumerateArray());
        var outputs = item.GetProperty("outputs").EnumerateArray().ToList();

        Assert.Equal(8, outputs.Count);
        Assert.All(outputs, output => Assert.False(output.TryGetProperty("url", out _), output.ToString()));
        Assert.Equal(["gone.mp4", "key.mp4", "empty.mp4", "folder", "zero", ".."], outputs.Take(6).Select(output => output.GetProperty("name").GetString()));
        for (var i = 0; i < outputs.Count; i++)
        {
            using var response = await page.Client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/files/joba/{i}"), Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_folder_that_was_moved_with_its_ledger_is_found()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(0);
        var moved = Out + "-moved";
        Directory.Move(Out, moved);
        using (var page = await ServedLedger.StartAsync(moved))
            Assert.Equal(HttpStatusCode.OK, (await page.Client.GetAsync(await UrlAsync(page), Token)).StatusCode);

        var elsewhere = Directory.CreateDirectory(Out + "-files").FullName;
        var file = Assert.Single(Directory.EnumerateFiles(moved, "*.mp4"));
        File.Move(file, Path.Combine(elsewhere, Path.GetFileName(file)));
        using (var page = await ServedLedger.StartAsync(moved))
            Assert.Null(await UrlAsync(page));
        using (var page = await ServedLedger.StartAsync(moved, "--out", elsewhere))
            Assert.Equal(HttpStatusCode.OK, (await page.Client.GetAsync(await UrlAsync(page), Token)).StatusCode);
    }

    [Fact]
    public async Task A_path_that_names_a_server_is_not_looked_at()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It would be a share that is there.");
        var file = Write("elsewhere/a.mp4", "the content of a");
        // To this system it is a path like any other, by which the file would be found.
        var outputs = new[] { "/" + file, $"/{Out}/b.mp4", $"/{Out}/../elsewhere/a.mp4" };
        Write("out/b.mp4", "the content of b");
        await ImportAsync(new RecordedJob("joba") { State = "delivered", Outputs = outputs });
        using var page = await ServedLedger.StartAsync(Ledger);

        Assert.Equal(HttpStatusCode.NotFound, (await page.Client.GetAsync("/files/joba/0", Token)).StatusCode);
        // By its name, in the folder.
        Assert.Equal("the content of b", await page.Client.GetStringAsync("/files/joba/1", Token));
        Assert.Equal(HttpStatusCode.NotFound, (await page.Client.GetAsync("/files/joba/2", Token)).StatusCode);
    }

    private static async Task<string?> UrlAsync(ServedLedger page)
    {
        var item = Assert.Single((await page.JsonAsync("/api/gallery")).GetProperty("items").EnumerateArray());
        return Assert.Single(item.GetProperty("outputs").EnumerateArray()).TryGetProperty("url", out var url) ? url.GetString() : null;
    }

    private static async Task<(HttpStatusCode Status, string? Range, byte[] Bytes)> PartAsync(ServedLedger page, string url, RangeItemHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new() { Ranges = { range } } } };
        using var response = await page.Client.SendAsync(request, Token);
        return (response.StatusCode, response.Content.Headers.ContentRange?.ToString(), await response.Content.ReadAsByteArrayAsync(Token));
    }
}
