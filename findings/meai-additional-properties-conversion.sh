#!/usr/bin/env bash
# AdditionalPropertiesDictionary.TryGetValue<int> succeeds for 5.7 with the rounded 6 and for the text "5", but fails
# for the number 5 as a JsonElement, which is what the dictionary holds after it was read from JSON.
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
    <PackageReference Include="Microsoft.Extensions.AI.Abstractions" Version="10.11.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json;
using Microsoft.Extensions.AI;

var set = new AdditionalPropertiesDictionary { ["fraction"] = 5.7, ["text"] = "5", ["number"] = 5 };
var read = JsonSerializer.Deserialize<AdditionalPropertiesDictionary>(JsonSerializer.Serialize(set, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
foreach (var (name, properties) in new[] { ("set", set), ("read from JSON", read) })
    foreach (var key in set.Keys.Order())
        Console.WriteLine($"{name}, {key}: {(properties.TryGetValue(key, out int value) ? value.ToString() : "not found")}");
EOF

cat > expected <<'EOF'
set, fraction: 6
set, number: 5
set, text: 5
read from JSON, fraction: not found
read from JSON, number: not found
read from JSON, text: not found
EOF

echo "Microsoft.Extensions.AI.Abstractions 10.11.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
