#!/usr/bin/env bash
# YamlDotNet refuses a literal block scalar whose first line holds only the spaces of the indentation, which YAML 1.2
# (8.1.1.1) allows and published OpenAPI documents contain. SharpYaml reads the same text.
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
    <PackageReference Include="YamlDotNet" Version="18.1.0" />
    <PackageReference Include="SharpYaml" Version="3.17.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using YamlDotNet.RepresentationModel;

// "description: |-", then a line of four spaces, then the text at the same indentation.
const string document = "description: |-\n    \n    Text\n";

try
{
    new YamlStream().Load(new StringReader(document));
    Console.WriteLine("YamlDotNet: read");
}
catch (YamlDotNet.Core.YamlException exception)
{
    Console.WriteLine($"YamlDotNet: {exception.Message}");
}

var read = SharpYaml.YamlSerializer.Deserialize<Dictionary<string, string>>(document)!;
Console.WriteLine($"SharpYaml: {read["description"].Replace("\n", "\\n")}");
EOF

cat > expected <<'EOF'
YamlDotNet: While scanning a literal block scalar, found extra spaces in first line.
SharpYaml: \nText
EOF

echo "YamlDotNet 18.1.0, SharpYaml 3.17.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
