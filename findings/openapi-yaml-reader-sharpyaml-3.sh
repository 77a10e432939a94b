#!/usr/bin/env bash
# Microsoft.OpenApi.YamlReader accepts any later SharpYaml by its package dependency, and restores beside SharpYaml 3
# without a warning; every YAML document then ends in a MissingMethodException at run time.
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
    <PackageReference Include="Microsoft.OpenApi.YamlReader" Version="3.11.0" />
    <PackageReference Include="SharpYaml" Version="3.17.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

var settings = new OpenApiReaderSettings();
settings.AddYamlReader();
try
{
    var result = OpenApiDocument.Parse("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n", "yaml", settings);
    Console.WriteLine($"read: {result.Document!.Info.Title}");
}
catch (MissingMethodException exception)
{
    Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
}
EOF

cat > expected <<'EOF'
MissingMethodException: Method not found: 'Void SharpYaml.Parser`1..ctor(!0, Int32)'.
EOF

echo "Microsoft.OpenApi.YamlReader 3.11.0, SharpYaml 3.17.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
