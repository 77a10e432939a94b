using Zoetrope.Fal;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>What was stored is found where the response was lost, and is not sent again.</summary>
public sealed class FalUploadLookupTests
{
    private const int Part = 5 * 1024 * 1024;
    private const int Length = (2 * Part) + 1000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, Length, 1)]
    [InlineData(503, Length, 1)]
    [InlineData(0, Length - 1, 2)]
    [InlineData(0, 0, 2)]
    public async Task The_content_is_sent_again_only_where_the_file_is_not_there(int status, int found, int puts)
    {
        await using var storage = new Storage { LostPuts = 1, Status = status, Found = found };

        var file = await storage.UploadAsync(new FalUploadOptions());

        Assert.Equal(($"{storage.Url}f.png", puts), (file.Url, storage.Count("PUT /put")));
        Assert.Equal(1, storage.Count("HEAD /f.png"));
        Assert.All(storage.Requests.Where(request => request.StartsWith("HEAD", StringComparison.Ordinal)),
            request => Assert.DoesNotContain("secret", request));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-30, 1)]
    [InlineData(600, 1)]
    [InlineData(-3600, 2)]
    public async Task A_file_that_is_older_than_the_upload_is_another(int age, int puts)
    {
        var now = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await using var storage = new Storage
        {
            LostPuts = 1, Found = Length, FoundHeaders = $"Date: {now:r}\r\nLast-Modified: {now.AddSeconds(age):r}\r\n",
        };

        var file = await storage.UploadAsync(new FalUploadOptions());

        Assert.Equal(($"{storage.Url}f.png", puts, 1), (file.Url, storage.Count("PUT /put"), storage.Count("HEAD /f.png")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n")]
    public async Task An_empty_response_to_the_search_proves_nothing(string response)
    {
        await using var storage = new Storage { LostPuts = 1, Search = response };

        await storage.UploadAsync(new FalUploadOptions());

        Assert.Equal((2, 1), (storage.Count("PUT /put"), storage.Count("HEAD /f.png")));
    }

    [Theory]
    [InlineData(0, Length, 1)]
    [InlineData(500, Length, 1)]
    [InlineData(0, 0, 2)]
    public async Task A_file_is_made_of_its_parts_again_only_where_it_is_not_there(int status, int found, int completes)
    {
        await using var storage = new Storage { LostCompletes = 1, Status = status, Found = found };

        var file = await storage.UploadAsync(new FalUploadOptions { PartsAbove = 0, PartBytes = Part });

        Assert.Equal(($"{storage.Url}f.png", completes), (file.Url, storage.Count("POST /put/complete")));
        Assert.Equal((3, 1), (storage.Count("PUT /put/"), storage.Count("HEAD /f.png")));
    }

    [Fact]
    public async Task An_error_that_a_second_request_for_a_made_file_gets_is_none()
    {
        await using var storage = new Storage { LostCompletes = 1, Found = Length, FoundFrom = 2, AfterLost = 404 };

        var file = await storage.UploadAsync(new FalUploadOptions { PartsAbove = 0, PartBytes = Part });

        Assert.Equal(($"{storage.Url}f.png", 2, 2), (file.Url, storage.Count("POST /put/complete"), storage.Count("HEAD /f.png")));
    }

    [Fact]
    public async Task A_part_alone_is_not_looked_for()
    {
        await using var storage = new Storage { LostPuts = 1, Found = Length };

        await storage.UploadAsync(new FalUploadOptions { PartsAbove = 0, PartBytes = Part });

        Assert.Equal((4, 0), (storage.Count("PUT /put/"), storage.Count("HEAD")));
    }

    /// <summary>Storage that stores what it is sent, and loses responses.</summary>
    private sealed class Storage : IAsyncDisposable
    {
        private readonly FakeServer _server;
        private int _heads;

        public Storage() => _server = new FakeServer(ServeAsync);

        public int LostPuts { get; set; }

        public int LostCompletes { get; set; }

        /// <summary>The status in place of a lost response; 0 resets the connection.</summary>
        public int Status { get; init; }

        /// <summary>The length of the file that is found; 0 for none.</summary>
        public int Found { get; init; }

        /// <summary>Further headers of the file that is found.</summary>
        public string FoundHeaders { get; init; } = "";

        /// <summary>The whole response to the search; null for that of the file.</summary>
        public string? Search { get; init; }

        /// <summary>From which request on it is found.</summary>
        public int FoundFrom { get; init; } = 1;

        /// <summary>The response to a complete after the one whose response was lost.</summary>
        public int AfterLost { get; init; } = 200;

        public Uri Url => _server.Url;

        public string[] Requests => _server.Requests;

        public int Count(string start) => _server.Requests.Count(request => request.StartsWith(start, StringComparison.Ordinal));

        public async Task<UploadedFile> UploadAsync(FalUploadOptions options)
        {
            using var fal = new FalClient(new FalClientOptions { BaseUrl = Url, ApiKey = "id:secret", Jitter = new Random(1) });
            return await fal.Files.UploadAsync(UploadFile.FromBytes(new byte[Length], "f.png"), options, Token);
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private Task ServeAsync(Exchange exchange)
        {
            var line = exchange.Request[..exchange.Request.IndexOf(" HTTP/", StringComparison.Ordinal)];
            if (line.StartsWith("POST /storage/", StringComparison.Ordinal))
                return exchange.ReplyAsync(200, $$"""{"file_url":"{{Url}}f.png","upload_url":"{{Url}}put"}""");
            if (line.StartsWith("HEAD", StringComparison.Ordinal))
            {
                return exchange.WriteAsync(Search ?? (Found > 0 && ++_heads >= FoundFrom
                    ? $"HTTP/1.1 200 OK\r\nContent-Length: {Found}\r\n{FoundHeaders}\r\n"
                    : "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\n"));
            }
            if (line.StartsWith("PUT", StringComparison.Ordinal))
                return LostPuts-- > 0 ? LoseAsync(exchange) : exchange.ReplyAsync(200, "", "ETag: \"t\"");
            if (LostCompletes-- > 0)
                return LoseAsync(exchange);
            return exchange.ReplyAsync(AfterLost, "");
        }

        private Task LoseAsync(Exchange exchange) => Status == 0 ? Reset(exchange) : exchange.ReplyAsync(Status, "");
    }
}
