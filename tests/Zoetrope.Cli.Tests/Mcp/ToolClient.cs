using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary><c>zoetrope mcp</c> as a process, and the SDK's own client, which talks to it.</summary>
internal sealed class ToolClient : IAsyncDisposable
{
    private readonly Recorder? _output;

    private ToolClient(CliProcess process, McpClient client, Recorder? output)
    {
        Process = process;
        Client = client;
        _output = output;
    }

    public CliProcess Process { get; }

    public McpClient Client { get; }

    /// <summary>What stdout has had so far.</summary>
    public string Output => _output!.Text;

    /// <summary>The arguments against a simulator of the test, which every test of money has.</summary>
    public static string[] At(Uri server, string ledger, params string[] more) => ["mcp", "--base-url", server.ToString(), "--ledger", ledger, .. more];

    /// <summary>Starts it on stdin and stdout.</summary>
    public static async Task<ToolClient> StartAsync(
        string[] arguments, McpClientOptions? options = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = CliProcess.Start(arguments, environment, collectOutput: false, keepInput: true);
        var output = new Recorder(process.Output.BaseStream);
        try
        {
            var transport = new StreamClientTransport(process.Input.BaseStream, output);
            var client = await McpClient.CreateAsync(transport, Patient(options), cancellationToken: TestContext.Current.CancellationToken);
            return new ToolClient(process, client, output);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Starts a client of a server that is reached by HTTP.</summary>
    public static async Task<McpClient> ConnectAsync(Uri url, string token, McpClientOptions? options = null) => await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = url,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        }),
        Patient(options),
        cancellationToken: TestContext.Current.CancellationToken);

    // A process that starts beside many others may take longer than the five seconds, and than the minute, that a client waits for its first response.
    private static McpClientOptions Patient(McpClientOptions? options)
    {
        options ??= new();
        options.InitializationTimeout = TimeSpan.FromMinutes(10);
        options.DiscoverProbeTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }

    /// <summary>Calls a tool, and checks that the text says what the structured content has.</summary>
    public static async Task<(JsonElement Content, bool IsError)> CallAsync(
        McpClient client, string tool, string arguments, IProgress<ProgressNotificationValue>? progress = null, CancellationToken? cancellationToken = null)
    {
        var given = JsonNode.Parse(arguments)!.AsObject().ToDictionary(member => member.Key, member => (object?)member.Value);
        var result = await client.CallToolAsync(tool, given, progress, cancellationToken: cancellationToken ?? TestContext.Current.CancellationToken);
        var content = result.StructuredContent!.Value;
        var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.True(JsonElement.DeepEquals(content, JsonDocument.Parse(text).RootElement), text);
        return (content, result.IsError == true);
    }

    /// <summary>Calls a tool that must succeed.</summary>
    public Task<JsonElement> CallAsync(string tool, string arguments) => CallAsync(Client, tool, arguments);

    /// <summary>Calls a tool that must succeed.</summary>
    public static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        var (content, isError) = await CallAsync(client, tool, arguments, null);
        Assert.False(isError, content.GetRawText());
        return content;
    }

    /// <summary>Calls a tool that must fail so; returns the error.</summary>
    public async Task<JsonElement> FailAsync(string code, string tool, string arguments)
    {
        var (content, isError) = await CallAsync(Client, tool, arguments, null);
        Assert.True(isError, content.GetRawText());
        var error = content.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        return error;
    }

    /// <summary>Closes stdin, and waits for the end of the process.</summary>
    public async Task<CliResult> FinishAsync()
    {
        await Client.DisposeAsync();
        Process.Input.Close();
        return await Process.FinishAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Process.Dispose();
    }

    /// <summary>Keeps what is read.</summary>
    private sealed class Recorder(Stream inner) : Stream
    {
        private readonly MemoryStream _read = new();

        public string Text
        {
            get
            {
                lock (_read)
                    return Encoding.UTF8.GetString(_read.ToArray());
            }
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            lock (_read)
                _read.Write(buffer.Span[..count]);
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
