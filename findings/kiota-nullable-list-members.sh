#!/usr/bin/env bash
# Kiota's C# generator makes a class without members of a schema that is only the item of a list that may be null (anyOf of an
# array and null): nothing of it can be read or set, and nothing is reported. With a plain array the member is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export KIOTA_OFFLINE_ENABLED=true

cat > tool.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Microsoft.OpenApi.Kiota" Version="[1.38.0]" />
  </ItemGroup>
</Project>
EOF
dotnet restore tool.csproj > restore.log || { cat restore.log >&2; exit 1; }
packages=$(dotnet msbuild tool.csproj -getProperty:NuGetPackageRoot)
kiota="${packages}microsoft.openapi.kiota/1.38.0/tools/net10.0/any/kiota.dll"

document() {
  cat <<EOF
{
  "openapi": "3.1.0",
  "info": { "title": "List", "version": "1" },
  "servers": [{ "url": "https://list.example" }],
  "paths": { "/list": { "get": { "responses": { "200": { "description": "A list", "content": { "application/json": { "schema": {
    "type": "object", "properties": { "items": $1 }
  } } } } } } } },
  "components": { "schemas": { "Item": { "type": "object", "properties": { "title": { "type": "string" } } } } }
}
EOF
}

array='{ "type": "array", "items": { "$ref": "#/components/schemas/Item" } }'
members() {
  document "$2" > "$1.json"
  dotnet "$kiota" generate -l CSharp -d "$1.json" -c ListClient -n List -o "$1" --exclude-backward-compatible --log-level Error > "$1.log" 2>&1 \
    || { cat "$1.log" >&2; exit 1; }
  echo "$1: $(find "$1" -name Item.cs -exec cat {} + | grep -c 'string? Title' || true) members 'Title' in the class Item"
}

echo "Microsoft.OpenApi.Kiota 1.38.0, .NET SDK $(dotnet --version)"
{
  members plain "$array"
  members nullable "{ \"anyOf\": [ $array, { \"type\": \"null\" } ] }"
} | tee actual

cat > expected <<'EOF'
plain: 1 members 'Title' in the class Item
nullable: 0 members 'Title' in the class Item
EOF
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
