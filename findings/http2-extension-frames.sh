#!/usr/bin/env bash
# HTTP/2 says that frames of unknown types must be ignored (RFC 9113, 4.1). SocketsHttpHandler ignores ALTSVC, and ends the connection with PROTOCOL_ERROR, and with it
# each request on it, for any other extension frame, such as the ORIGIN frame of RFC 8336 that public servers may send on each connection.
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
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

foreach (var (name, type) in ((string, byte)[])[("no extension frame", 0), ("ALTSVC", 0x0a), ("ORIGIN", 0x0c), ("PRIORITY_UPDATE", 0x10), ("a type of nobody", 0x42)])
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var serving = ServeAsync(listener, type);
    var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    try
    {
        Console.WriteLine($"{name}: {(int)(await client.GetAsync($"http://{listener.LocalEndpoint}/")).StatusCode}");
    }
    catch (HttpRequestException exception)
    {
        var protocol = exception.InnerException as HttpProtocolException;
        Console.WriteLine($"{name}: {exception.HttpRequestError}, HTTP/2 error code {protocol?.ErrorCode}");
    }
    client.Dispose();
    await serving;
}

static async Task ServeAsync(TcpListener listener, byte type)
{
    using var connection = await listener.AcceptTcpClientAsync();
    var stream = connection.GetStream();
    await stream.ReadExactlyAsync(new byte[24]);
    await stream.WriteAsync(Frame(0x4, 0, 0, []));
    if (type != 0)
        await stream.WriteAsync(Frame(type, 0, 0, [0, 0]));
    var head = new byte[9];
    try
    {
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]]);
            if (head[3] == 0x1)
                await stream.WriteAsync(Frame(0x1, 0x5, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), [0x88]));
        }
    }
    catch (IOException)
    {
        // The client has closed the connection.
    }
}

static byte[] Frame(byte type, byte flags, int stream, byte[] payload)
{
    var id = new byte[4];
    BinaryPrimitives.WriteInt32BigEndian(id, stream);
    return [0, 0, (byte)payload.Length, type, flags, .. id, .. payload];
}
EOF

cat > expected <<'EOF'
no extension frame: 200
ALTSVC: 200
ORIGIN: HttpProtocolError, HTTP/2 error code 1
PRIORITY_UPDATE: HttpProtocolError, HTTP/2 error code 1
a type of nobody: HttpProtocolError, HTTP/2 error code 1
EOF

echo ".NET SDK $(dotnet --version)"
timeout 100 dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behaviour has changed." >&2; exit 1; }
echo "As recorded."
