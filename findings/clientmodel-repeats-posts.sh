#!/usr/bin/env bash
# OpenAI for .NET, with the retries that it comes with, sends the POST that makes an image four times when the
# connection breaks after the request was sent, and after 500, and the four requests have no idempotency key: the
# service cannot recognize that they are one. A pipeline of Azure.Core does the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OpenAI" Version="2.15.0" />
    <PackageReference Include="System.ClientModel" Version="1.17.0" />
    <PackageReference Include="Azure.Core" Version="1.64.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.ClientModel;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using OpenAI;
using OpenAI.Images;

foreach (var breaks in new[] { true, false })
{
    await RunAsync("OpenAI", breaks, url =>
        new ImageClient("gpt-image-1", new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = url }).GenerateImageAsync("a cat"));
    await RunAsync("Azure.Core", breaks, async url =>
    {
        var pipeline = HttpPipelineBuilder.Build(new Options());
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(url);
        message.Request.Content = RequestContent.Create(BinaryData.FromString("{}"));
        await pipeline.SendAsync(message, default);
    });
}

static async Task RunAsync(string name, bool breaks, Func<Uri, Task> call)
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var requests = new List<string>();
    var serving = ServeAsync(listener, breaks, requests);
    try
    {
        await call(new Uri($"http://{listener.LocalEndpoint}"));
    }
    catch (Exception)
    {
        // Both report the failure in the end.
    }

    listener.Stop();
    await serving;
    var keys = requests.Count(request => request.Contains("idempotency", StringComparison.OrdinalIgnoreCase));
    var posts = requests.Count(request => request.StartsWith("POST ", StringComparison.Ordinal));
    Console.WriteLine($"{name}, {(breaks ? "connection breaks" : "500")}: {posts} POSTs arrived, {keys} with an idempotency key");
}

// Reads each request to its end; then it closes the connection, or responds with 500.
static async Task ServeAsync(TcpListener listener, bool breaks, List<string> requests)
{
    try
    {
        while (true)
        {
            using var connection = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(connection.GetStream(), Encoding.Latin1);
            var head = new StringBuilder();
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
                head.Append(line).Append('\n');
            var length = head.ToString().Split('\n').Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                .Select(line => int.Parse(line.Split(':')[1])).FirstOrDefault();
            await reader.ReadBlockAsync(new char[length], 0, length);
            requests.Add(head.ToString());
            if (!breaks)
                await connection.GetStream().WriteAsync("HTTP/1.1 500 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }
    }
    catch (SocketException)
    {
        // The listener was stopped.
    }
}

sealed class Options : ClientOptions;
EOF

cat > expected <<'EOF'
OpenAI, connection breaks: 4 POSTs arrived, 0 with an idempotency key
Azure.Core, connection breaks: 4 POSTs arrived, 0 with an idempotency key
OpenAI, 500: 4 POSTs arrived, 0 with an idempotency key
Azure.Core, 500: 4 POSTs arrived, 0 with an idempotency key
EOF

echo "OpenAI 2.15.0, System.ClientModel 1.17.0, Azure.Core 1.64.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
