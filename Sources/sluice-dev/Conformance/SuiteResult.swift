struct SuiteResult { var passed = 0; var failed = 0; var skipped = 0 }
