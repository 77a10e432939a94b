#!/usr/bin/env bash
# System.Threading.RateLimiting: the RETRY_AFTER of a FixedWindowRateLimiter is always the whole window, also when
# most of it has passed, and a SlidingWindowRateLimiter lists RETRY_AFTER among its metadata names but has no value
# for it.
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
    <PackageReference Include="System.Threading.RateLimiting" Version="10.0.15" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Threading.RateLimiting;

using var fixedWindow = new FixedWindowRateLimiter(new() { PermitLimit = 1, Window = TimeSpan.FromSeconds(6), QueueLimit = 0 });
fixedWindow.AttemptAcquire();
await Task.Delay(TimeSpan.FromSeconds(3));
using var refused = fixedWindow.AttemptAcquire();
refused.TryGetMetadata(MetadataName.RetryAfter, out var wait);
Console.WriteLine($"fixed window of 6 s, 3 s after its start: retry after {wait.TotalSeconds} s");

using var sliding = new SlidingWindowRateLimiter(new() { PermitLimit = 1, Window = TimeSpan.FromSeconds(6), SegmentsPerWindow = 3, QueueLimit = 0 });
sliding.AttemptAcquire();
using var second = sliding.AttemptAcquire();
Console.WriteLine($"sliding window: names {string.Join(", ", second.MetadataNames)}, value {second.TryGetMetadata(MetadataName.RetryAfter, out _)}");
EOF

cat > expected <<'EOF'
fixed window of 6 s, 3 s after its start: retry after 6 s
sliding window: names RETRY_AFTER, value False
EOF

echo "System.Threading.RateLimiting 10.0.15, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
