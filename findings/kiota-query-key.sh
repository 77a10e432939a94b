#!/usr/bin/env bash
# Kiota's provider for API keys puts a key into the query as it is. A plus sign, which Base64 has, is a space for the
# service that reads the query, and an ampersand ends the key.
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
    <PackageReference Include="Microsoft.Kiota.Abstractions" Version="2.1.6" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Web;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

foreach (var key in new[] { "Zm9v+YmFy", "left&right" })
{
    // As a generated client makes it.
    var request = new RequestInformation(
        Method.GET, "{+baseurl}/clips{?limit}", new Dictionary<string, object> { ["baseurl"] = "https://api.example.com" });
    request.QueryParameters.Add("limit", 5);
    var provider = new ApiKeyAuthenticationProvider(key, "key", ApiKeyAuthenticationProvider.KeyLocation.QueryParameter);
    await provider.AuthenticateRequestAsync(request);
    Console.WriteLine($"{key}: {request.URI.AbsoluteUri}, which a service reads as '{HttpUtility.ParseQueryString(request.URI.Query)["key"]}'");
}
EOF

cat > expected <<'EOF'
Zm9v+YmFy: https://api.example.com/clips?limit=5&key=Zm9v+YmFy, which a service reads as 'Zm9v YmFy'
left&right: https://api.example.com/clips?limit=5&key=left&right, which a service reads as 'left'
EOF

echo "Microsoft.Kiota.Abstractions 2.1.6, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
