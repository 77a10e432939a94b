#!/usr/bin/env bash
# Kiota's JSON parser turns a null in a list of objects into an object with nothing in it, so a missing item cannot be
# distinguished from an empty one, and a text in a list of integers into null, so the value is lost.
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
    <PackageReference Include="Microsoft.Kiota.Serialization.Json" Version="2.1.6" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;

using var objects = JsonDocument.Parse("""[{"id":"a"},null,{}]""");
var items = new JsonParseNode(objects.RootElement).GetCollectionOfObjectValues(_ => new Item());
Console.WriteLine(string.Join(", ", items.Select(item => item is null ? "null" : item.Id ?? "item without id")));

using var numbers = JsonDocument.Parse("""[1,null,"3"]""");
var values = new JsonParseNode(numbers.RootElement).GetCollectionOfPrimitiveValues<int?>();
Console.WriteLine(string.Join(", ", values.Select(value => value?.ToString() ?? "null")));

sealed class Item : IParsable
{
    public string Id { get; private set; }

    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
        new Dictionary<string, Action<IParseNode>> { ["id"] = node => Id = node.GetStringValue() };

    public void Serialize(ISerializationWriter writer) => writer.WriteStringValue("id", Id);
}
EOF

cat > expected <<'EOF'
a, item without id, item without id
1, null, null
EOF

echo "Microsoft.Kiota.Serialization.Json 2.1.6, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
