#!/usr/bin/env bash
# Kiota's handler for redirects joins a relative Location to the server as text. A query alone loses the path that it
# belongs to, and a name is taken for the end of the host's.
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
    <PackageReference Include="Microsoft.Kiota.Http.HttpClientLibrary" Version="2.1.6" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Net;
using Microsoft.Kiota.Http.HttpClientLibrary;

var first = new Uri("https://api.example.com/v1/items/first");
foreach (var location in new[] { "/v1/next", "?page=2", "next" })
{
    var network = new Network(location);
    using var http = KiotaClientFactory.Create(network);
    await http.GetAsync(first);
    Console.WriteLine($"Location: {location} leads to {network.Last}, and by RFC 3986 to {new Uri(first, location)}");
}

sealed class Network(string location) : HttpMessageHandler
{
    public Uri Last { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = new HttpResponseMessage(Last is null ? HttpStatusCode.Found : HttpStatusCode.NoContent) { RequestMessage = request };
        if (Last is null)
            response.Headers.Add("Location", location);
        Last = request.RequestUri;
        return Task.FromResult(response);
    }
}
EOF

cat > expected <<'EOF'
Location: /v1/next leads to https://api.example.com/v1/next, and by RFC 3986 to https://api.example.com/v1/next
Location: ?page=2 leads to https://api.example.com/?page=2, and by RFC 3986 to https://api.example.com/v1/items/first?page=2
Location: next leads to https://api.example.comnext/, and by RFC 3986 to https://api.example.com/v1/items/next
EOF

echo "Microsoft.Kiota.Http.HttpClientLibrary 2.1.6, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
