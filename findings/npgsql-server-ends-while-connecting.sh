#!/usr/bin/env bash
# Npgsql 10.0.3, when a PostgreSQL server ends while a connection is being opened: the server's last message arrives where the driver expects the byte
# that says whether the connection can be encrypted. A refused connection, and the same message a moment later, are reported as transient; this one is an
# NpgsqlException without a SQLSTATE whose IsTransient is false, and whose text speaks of unencrypted data or an unknown response.
# What it means: a retry policy over IsTransient or SQLSTATE does not retry a restart of the server that happens in this moment.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >project.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NoWarn>$(NoWarn);CA2022</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Npgsql" Version="10.0.3" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

// The message that a backend sends to each connection when the server ends.
var fields = Encoding.ASCII.GetBytes("SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0");
byte[] message = [(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields];

await ReportAsync("nobody listens", null);
await ReportAsync("in place of the byte", [message]);
await ReportAsync("together with the byte", [[(byte)'N', .. message]]);
await ReportAsync("after the byte and the startup message", [[(byte)'N'], message]);

async Task ReportAsync(string when, byte[][]? responses)
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    var port = ((IPEndPoint)listener.LocalEndpoint).Port;
    if (responses is null)
        listener.Stop();
    else
        _ = ServeAsync(listener, responses);
    try
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=u;Password=p;Database=d;Pooling=false");
        await connection.OpenAsync();
    }
    catch (NpgsqlException exception)
    {
        Console.WriteLine($"{when}: {exception.GetType().Name}, IsTransient {exception.IsTransient}, SqlState {exception.SqlState ?? "null"}: {exception.Message.Split('\n')[0].Replace(port.ToString(), "PORT")}");
    }
}

static async Task ServeAsync(TcpListener listener, byte[][] responses)
{
    var received = new byte[1024];
    while (true)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        foreach (var response in responses)
        {
            await stream.ReadAsync(received);
            await stream.WriteAsync(response);
        }
    }
}
CS

cat >expected <<'TEXT'
nobody listens: NpgsqlException, IsTransient True, SqlState null: Failed to connect to 127.0.0.1:PORT
in place of the byte: NpgsqlException, IsTransient False, SqlState null: Received unknown response E for SSLRequest (expecting S or N)
together with the byte: NpgsqlException, IsTransient False, SqlState null: Additional unencrypted data received after SSL negotiation - this should never happen, and may be an indication of a man-in-the-middle attack.
after the byte and the startup message: PostgresException, IsTransient True, SqlState 57P01: 57P01: terminating connection due to administrator command
TEXT

echo "Npgsql 10.0.3, .NET SDK $(dotnet --version)"
dotnet run --project project.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
