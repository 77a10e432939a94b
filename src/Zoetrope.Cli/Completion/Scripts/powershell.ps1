# Completion of zoetrope for PowerShell. In $PROFILE: zoetrope completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName zoetrope -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString()
    $end = $cursorPosition - $commandAst.Extent.StartOffset
    # The blank before the cursor is not a part of the command.
    $line = if ($end -gt $line.Length) { "$line " } else { $line.Substring(0, $end) }
    & $commandAst.GetCommandName() __complete pwsh $line 2>$null | ForEach-Object {
        $word, $meaning = $_ -split "`t", 2
        if (-not $meaning) { $meaning = $word }
        $text = if ($word -match '[\s''"$;|&(){}]') { "'" + $word.Replace("'", "''") + "'" } else { $word }
        [System.Management.Automation.CompletionResult]::new($text, $word, 'ParameterValue', $meaning)
    }
}
