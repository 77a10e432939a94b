#!/usr/bin/env bash
# HttpClient with AutomaticDecompression gives a compressed response that lost its end as a success: when a proxy closes the chunked body in good order
# after half of a gzip or br stream, ReadAsStringAsync returns the half. The same body without compression and with a Content-Length would be an error.
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
</Project>
EOF

cat > Program.cs <<'EOF'
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

var random = new Random(1);
var text = string.Concat(Enumerable.Range(0, 4000).Select(_ => random.Next(10)));
using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
foreach (var coding in (string[])["gzip", "deflate", "br"])
{
    var compressed = Compress(coding);
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var serving = ServeAsync(listener, coding, compressed[..(compressed.Length / 2)]);
    var response = await client.GetAsync($"http://{listener.LocalEndpoint}/");
    try
    {
        var read = await response.Content.ReadAsStringAsync();
        Console.WriteLine($"{coding}: {(int)response.StatusCode}, {(read.Length < text.Length && text.StartsWith(read) ? "the beginning of the text" : "something else")}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{coding}: {exception.GetType().Name}");
    }
    await serving;
}

byte[] Compress(string coding)
{
    var buffer = new MemoryStream();
    using (Stream stream = coding switch
    {
        "gzip" => new GZipStream(buffer, CompressionLevel.Optimal),
        "deflate" => new ZLibStream(buffer, CompressionLevel.Optimal),
        _ => new BrotliStream(buffer, CompressionLevel.Optimal),
    })
        stream.Write(Encoding.ASCII.GetBytes(text));
    return buffer.ToArray();
}

static async Task ServeAsync(TcpListener listener, string coding, byte[] body)
{
    using var connection = await listener.AcceptTcpClientAsync();
    var stream = connection.GetStream();
    await stream.ReadAtLeastAsync(new byte[4096], 1);
    var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body.Length:x}\r\n";
    await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body, .. "\r\n0\r\n\r\n"u8]);
}
EOF

cat > expected <<'EOF'
gzip: 200, the beginning of the text
deflate: 200, the beginning of the text
br: 200, the beginning of the text
EOF

echo ".NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behaviour has changed." >&2; exit 1; }
echo "As recorded."
