#!/usr/bin/env bash
# SseParser reports as LastEventId the id of an event that the stream broke off before its end and that was never
# given to the reader. A client that reconnects with it skips that event. The HTML standard sets the id only when an
# event is dispatched.
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
    <NoWarn>$(NoWarn);NU1510;MEAI001;CS0618</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="System.Net.ServerSentEvents" Version="10.0.15" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Net.ServerSentEvents;
using System.Text;

var parser = SseParser.Create(new MemoryStream(Encoding.UTF8.GetBytes("id: 1\ndata: first\n\nid: 2\ndata: sec")));
foreach (var item in parser.Enumerate())
    Console.WriteLine($"event: {item.Data}");
Console.WriteLine($"LastEventId: {parser.LastEventId}");
EOF

cat > expected <<'EOF'
event: first
LastEventId: 2
EOF

echo "System.Net.ServerSentEvents 10.0.15, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
