#!/usr/bin/env bash
# SseParser gives an event the type that belonged to an earlier one without data. The HTML standard says that an empty
# line after an event without data resets the type, so that the next event is a "message" again; here it is an "error".
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
    <NoWarn>$(NoWarn);NU1510</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="System.Net.ServerSentEvents" Version="10.0.15" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Net.ServerSentEvents;
using System.Text;

var stream = new MemoryStream(Encoding.UTF8.GetBytes("event: error\n\ndata: all is well\n\n"));
foreach (var item in SseParser.Create(stream).Enumerate())
    Console.WriteLine($"{item.EventType}: {item.Data}");
EOF

cat > expected <<'EOF'
error: all is well
EOF

echo "System.Net.ServerSentEvents 10.0.15, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
