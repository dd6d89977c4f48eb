"""See (*zien*): how places are doing, from open figures."""
