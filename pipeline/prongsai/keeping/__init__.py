"""What a run keeps in its output folder beside the tables: results, a receipt, how far it is; and where that folder is."""
