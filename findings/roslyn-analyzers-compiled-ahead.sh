#!/usr/bin/env bash
# Microsoft.CodeAnalysis and .NET: code compiled ahead of time (ReadyToRun) in the assembly of an analyzer or generator
# is used where csc runs as a process of its own. The compiler server, which builds use by default, loads such
# assemblies from a stream where the system is not Windows, and the runtime then compiles everything just in time. An
# assembly compiled for another system is not loaded at all, in place of its IL. Streams came with dotnet/roslyn#69406;
# before dotnet/roslyn#79990 no analyzer was run from such code.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > made.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <EnforceExtendedAnalyzerRules>true</EnforceExtendedAnalyzerRules>
    <PublishReadyToRun>true</PublishReadyToRun>
    <SelfContained>false</SelfContained>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" ExcludeAssets="runtime" />
  </ItemGroup>
</Project>
EOF

cat > Generator.cs <<'EOF'
using Microsoft.CodeAnalysis;

[Generator(LanguageNames.CSharp)]
public sealed class Generator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterPostInitializationOutput(static output => output.AddSource("Made.cs", "class Made;"));
}
EOF

own=$(dotnet msbuild made.csproj -getProperty:NETCoreSdkPortableRuntimeIdentifier)
compiler=$(dotnet msbuild made.csproj -getProperty:RoslynTargetsPath)/bincore/csc
framework=$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10\.[^ ]*\) \[\(.*\)\]$/\2\/\1/p' | tail -1)
for system in "$own" win-x64; do
  dotnet publish made.csproj -r "$system" -o "$system" -v q --nologo
done
echo 'class User { Made made = new(); }' > User.cs

# What becomes of the code that was compiled ahead; csc is given the further arguments.
probe() {
  local name=$1 assembly=$2
  shift 2
  if ! DOTNET_ReadyToRunLogFile="$folder/$name" "$compiler" /noconfig /nostdlib /nologo /t:library "/r:$framework/System.Private.CoreLib.dll" \
      "/analyzer:$assembly" /out:User.dll User.cs "$@" > "$name.out"; then
    grep -q BadImageFormatException "$name.out" && echo "the assembly is not loaded" || cat "$name.out"
    return
  fi
  # A server writes its last lines when it ends.
  for _ in $(seq 30); do
    if grep -qs 'initialized successfully: ".*made.dll"' "$name".*; then echo "the code is used"; return; fi
    if grep -qs 'module not loaded for execution: ""' "$name".*; then echo "the code is not used"; return; fi
    sleep 1
  done
  echo "the log does not say"
}

{
  echo "csc as a process: $(probe process "$own/made.dll")"
  echo "the compiler server: $(probe server "$own/made.dll" "/shared:made-$$" /keepalive:1)"
  echo "csc as a process, compiled for Windows: $(probe foreign win-x64/made.dll)"
} > actual

cat > expected <<'EOF'
csc as a process: the code is used
the compiler server: the code is not used
csc as a process, compiled for Windows: the assembly is not loaded
EOF

echo "$own, .NET SDK $(dotnet --version)"
cat actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
